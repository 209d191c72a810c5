"""How far the words of one language are."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.cms.texts.segments import Segment


@dataclass(frozen=True)
class Row:
    """A segment of the original beside what stands for it: nothing, or words that may be old."""

    segment: Segment
    name: str
    words: str
    is_old: bool = False
    is_machine: bool = False


@dataclass(frozen=True)
class Progress:
    """A language by its name, where it is written, and how much is there."""

    language: str
    name: str
    href: str
    whole: int
    there: int
    out_of_date: int

    @property
    def in_words(self) -> str:
        """Return how much is there, such as "34 of 61, 2 out of date"."""
        told = {"there": self.there, "whole": self.whole, "old": self.out_of_date}
        if self.out_of_date:
            return _("%(there)d of %(whole)d, %(old)d out of date") % told
        return _("%(there)d of %(whole)d") % told


def counts(rows: list[Row]) -> dict[str, Any]:
    """Count the rows, for a Progress."""
    return {
        "whole": len(rows),
        "there": sum(bool(row.words) for row in rows),
        "out_of_date": sum(row.is_old for row in rows),
    }
