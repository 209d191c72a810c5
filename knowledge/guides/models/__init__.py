"""The guide index, guides, what a guide has several of, its owner and its reviews."""

from knowledge.guides.models.end import GuideEnd
from knowledge.guides.models.guide import NAMES_PLACES, GuideManager, GuidePage
from knowledge.guides.models.index import GuideIndexPage, guides_at
from knowledge.guides.models.inline import GuideChange, GuideDocument, GuideEntry, GuideInfluence
from knowledge.guides.models.owner import MAILBOXES, Owner, Reached
from knowledge.guides.models.review import ReviewReminder, StillTrue
from knowledge.guides.models.titles import Heading, TitleInLanguage
from knowledge.guides.models.trust import InstitutionReview, StateUse
from knowledge.guides.models.version import GuideVersion

__all__ = [
    "MAILBOXES",
    "NAMES_PLACES",
    "GuideChange",
    "GuideDocument",
    "GuideEnd",
    "GuideEntry",
    "GuideIndexPage",
    "GuideInfluence",
    "GuideManager",
    "GuidePage",
    "GuideVersion",
    "Heading",
    "InstitutionReview",
    "Owner",
    "Reached",
    "ReviewReminder",
    "StateUse",
    "StillTrue",
    "TitleInLanguage",
    "guides_at",
]
