"""The page types that the portal always has, and what those of the wings are made of."""

from portal.cms.models.accessibility import AccessibilityPage
from portal.cms.models.approval import SecondPersonApprovalTask
from portal.cms.models.base import BasePage, TwoPersonPage
from portal.cms.models.before_you_answer import BeforeYouAnswerPage
from portal.cms.models.code import CodePage, CommitmentPage
from portal.cms.models.document_change import DocumentChange
from portal.cms.models.home import HomePage
from portal.cms.models.page_translation import PageTranslation
from portal.cms.models.privacy import PrivacyPage
from portal.cms.models.required import what_is_lacking
from portal.cms.models.standing import StandardPage
from portal.cms.models.unpublish_request import UnpublishRequest
from portal.cms.models.way_out import WayOut

__all__ = [
    "AccessibilityPage",
    "BasePage",
    "BeforeYouAnswerPage",
    "CodePage",
    "CommitmentPage",
    "DocumentChange",
    "HomePage",
    "PageTranslation",
    "PrivacyPage",
    "SecondPersonApprovalTask",
    "StandardPage",
    "TwoPersonPage",
    "UnpublishRequest",
    "WayOut",
    "what_is_lacking",
]
