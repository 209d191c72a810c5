"""The admin's pages about guides, their kinds, their owners and their reviews."""

from knowledge.guides.admin_views.listing import GuideViewSet, start_from_a_kind
from knowledge.guides.admin_views.owners import OwnerViewSet
from knowledge.guides.admin_views.report import ReportOnReadersView
from knowledge.guides.admin_views.still_true import ConfirmStillTrueView, StillTrueView

__all__ = [
    "ConfirmStillTrueView",
    "GuideViewSet",
    "OwnerViewSet",
    "ReportOnReadersView",
    "StillTrueView",
    "start_from_a_kind",
]
