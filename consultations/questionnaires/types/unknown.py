"""A kind that is gone."""

from typing import Any

from django.utils.translation import gettext as _

from consultations.questionnaires.types.base import Question


class Unknown(Question):
    """
    A question of a kind that this portal does not know (any more).

    Nobody is asked it. What was answered to it before is kept, and shown as it is.
    """

    kind = "unknown"
    is_asked = False
    is_on_paper = False

    def clean(self, typed: Any, before: Any = None) -> Any:
        return before

    @property
    def paper_note(self) -> str:
        return _("This is no longer asked.")

    @property
    def paper_problem(self) -> str:
        return ""

    def is_answered(self, value: Any) -> bool:
        """Say yes: nobody can answer it, so it holds nobody up."""
        return True
