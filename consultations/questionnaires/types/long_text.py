"""Paragraphs."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from consultations.questionnaires.schema import Unit
from consultations.questionnaires.text import one
from consultations.questionnaires.types.base import Sample
from consultations.questionnaires.types.short_text import LONGEST_ANSWER, ShortText
from portal.text import clean_text

FEWEST_LINES, MOST_LINES, USUAL_LINES = 3, 22, 10
WORDS_A_LINE, CHARACTERS_A_LINE = 12, 75


class LongText(ShortText):
    """Keeps a string."""

    kind = "long-text"
    label = gettext_lazy("Long text")
    description = gettext_lazy("Paragraphs in people's own words, with a limit if you set one.")
    icon = "pilcrow"
    sample: ClassVar = {
        "text": "Which indicators should weigh most?",
        "limit": 500,
        "unit": "words",
    }
    samples: ClassVar = [
        Sample(
            "Rulings.\n\nThey are public.",
            "Rulings.\n\nThey are public.",
            {"": "Rulings.\r\rThey are public."},
        )
    ]

    ceiling = LONGEST_ANSWER
    unit = Unit.WORDS

    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> str:
        return one(data, name)

    @property
    def handwriting(self) -> int:
        """Return as many lines as the limit needs, within what a page holds."""
        if self.limit is None:
            return USUAL_LINES
        a_line = WORDS_A_LINE if self.limit.unit == Unit.WORDS else CHARACTERS_A_LINE
        return max(FEWEST_LINES, min(MOST_LINES, -(-self.limit.maximum // a_line)))

    def read_paper(self, lines: Sequence[str]) -> str | None:
        return self.clean(clean_text("\n".join(line.rstrip() for line in lines)))
