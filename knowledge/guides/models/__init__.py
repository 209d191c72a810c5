"""The guide index, guides, and what a guide has several of."""

from knowledge.guides.models.end import GuideEnd
from knowledge.guides.models.guide import NAMES_PLACES, GuideManager, GuidePage
from knowledge.guides.models.index import GuideIndexPage
from knowledge.guides.models.inline import GuideChange, GuideDocument
from knowledge.guides.models.version import GuideVersion

__all__ = [
    "NAMES_PLACES",
    "GuideChange",
    "GuideDocument",
    "GuideEnd",
    "GuideIndexPage",
    "GuideManager",
    "GuidePage",
    "GuideVersion",
]
