"""The learning page, paths below it, what learners have kept of them, and certificates."""

from knowledge.learning.models.certificate import Certificate
from knowledge.learning.models.learning import LearningPage
from knowledge.learning.models.path import PathPage, paths_at, paths_shown
from knowledge.learning.models.progress import KeptProgress, Reached, reached_in_account

__all__ = [
    "Certificate",
    "KeptProgress",
    "LearningPage",
    "PathPage",
    "Reached",
    "paths_at",
    "paths_shown",
    "reached_in_account",
]
