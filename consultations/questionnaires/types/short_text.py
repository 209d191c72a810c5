"""A line of text."""

from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy, ngettext
from wagtail import blocks

from consultations.questionnaires.schema import Limit, Unit
from consultations.questionnaires.text import check_length
from consultations.questionnaires.types.base import Question, Sample
from consultations.questionnaires.values import written

LONGEST_ANSWER = 50_000
CHARACTERS_A_WORD = 40  # what a word may weigh where a question counts words


class ShortText(Question):
    """Keeps a string without a line break."""

    kind = "short-text"
    label = gettext_lazy("Short text")
    description = gettext_lazy("One line: a name, a title, a few words.")
    icon = "minus"
    group = gettext_lazy("In words")
    sample: ClassVar = {
        "text": "Which provision does it concern?",
        "limit": 200,
        "unit": "characters",
    }
    samples: ClassVar = [Sample("Article 5", "Article 5", {"": "Article 5"})]
    is_text = True

    ceiling: ClassVar[int] = 1_000  # characters, where a question sets no limit of its own
    unit: ClassVar[Unit] = Unit.CHARACTERS

    @classmethod
    def blocks(cls) -> list[tuple[str, blocks.Block]]:
        limit = blocks.IntegerBlock(
            label=gettext_lazy("Longest answer"),
            required=False,
            min_value=1,
            max_value=LONGEST_ANSWER,
        )
        unit = blocks.ChoiceBlock(
            # Translators: before “words” or “characters”.
            label=gettext_lazy("Counted in"),
            choices=Unit.choices,
            default=cls.unit,
        )
        return [("limit", limit), ("unit", unit)]

    def clean(self, typed: str, before: Any = None) -> str | None:
        if limit := self.limit:
            check_length(typed, limit)
            weight = CHARACTERS_A_WORD if limit.unit == Unit.WORDS else 1
            check_length(typed, Limit(limit.maximum * weight, Unit.CHARACTERS))
        else:
            check_length(typed, Limit(self.ceiling, Unit.CHARACTERS))
        return typed or None

    @property
    def rules(self) -> list[str]:
        if not self.limit:
            return []
        most = self.limit.maximum
        words = self.limit.unit == Unit.WORDS
        told = (
            ngettext("At most %(most)s word.", "At most %(most)s words.", most)
            if words
            else ngettext("At most %(most)s character.", "At most %(most)s characters.", most)
        )
        return [told % {"most": written(Decimal(most))}]
