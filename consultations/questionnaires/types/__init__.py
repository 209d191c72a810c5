"""The kinds of question: a class and a file each. What a kind does differently stands there."""

from consultations.questionnaires.types.base import Question
from consultations.questionnaires.types.date import Date
from consultations.questionnaires.types.file import File
from consultations.questionnaires.types.long_text import LongText
from consultations.questionnaires.types.many_choices import ManyChoices
from consultations.questionnaires.types.matrix import Matrix
from consultations.questionnaires.types.number import Number
from consultations.questionnaires.types.one_choice import OneChoice
from consultations.questionnaires.types.ranking import Ranking
from consultations.questionnaires.types.scale import Scale
from consultations.questionnaires.types.short_text import ShortText
from consultations.questionnaires.types.unknown import Unknown
from consultations.questionnaires.types.yes_no import YesNo

__all__ = ["TYPES", "Question", "Unknown", "type_of"]

# In the order in which editors are offered them, which migrations keep.
_LISTED: tuple[type[Question], ...] = (
    LongText,
    ShortText,
    OneChoice,
    ManyChoices,
    YesNo,
    Scale,
    Ranking,
    Matrix,
    Number,
    Date,
    File,
)
TYPES = {each.kind: each for each in _LISTED}


def type_of(kind: str) -> type[Question]:
    """Return the class of a kind, `Unknown` where there is none."""
    return TYPES.get(kind, Unknown)
