"""What screening staff did with responses, what confidential they opened, and what is disputed."""

from consultations.moderation.models.appeals import MAX_APPEAL, Appeal, ResponseAppealQuerySet
from consultations.moderation.models.clearances import Clearance, ClearanceQuerySet
from consultations.moderation.models.disputes import Dispute, DisputeQuerySet
from consultations.moderation.models.screening import (
    ConfidentialView,
    Opened,
    ScreeningAct,
    ScreeningActQuerySet,
)

__all__ = [
    "MAX_APPEAL",
    "Appeal",
    "Clearance",
    "ClearanceQuerySet",
    "ConfidentialView",
    "Dispute",
    "DisputeQuerySet",
    "Opened",
    "ResponseAppealQuerySet",
    "ScreeningAct",
    "ScreeningActQuerySet",
]
