"""What the page of one response offers: which acts apply, and the form and action of each."""

from consultations.moderation.available_actions.acts import ACTS, DECISIONS, KEYS, ON_DISPUTES, Act
from consultations.moderation.available_actions.offers import (
    NOTHING_WAITS,
    Waiting,
    harmless_reason,
    is_published_singly,
    may_act_on,
    offered,
)

__all__ = [
    "ACTS",
    "DECISIONS",
    "KEYS",
    "NOTHING_WAITS",
    "ON_DISPUTES",
    "Act",
    "Waiting",
    "harmless_reason",
    "is_published_singly",
    "may_act_on",
    "offered",
]
