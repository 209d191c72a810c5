"""The admin's pages about guides, their owners and their reviews."""

from knowledge.guides.admin_views.listing import GuideViewSet
from knowledge.guides.admin_views.owners import OwnerViewSet
from knowledge.guides.admin_views.still_true import ConfirmStillTrueView, StillTrueView

__all__ = ["ConfirmStillTrueView", "GuideViewSet", "OwnerViewSet", "StillTrueView"]
