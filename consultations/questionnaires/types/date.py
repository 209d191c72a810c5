"""A day."""

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.questionnaires.paper import FULL_WIDTH
from consultations.questionnaires.text import one
from consultations.questionnaires.types.base import Question, Sample
from consultations.questionnaires.values import read_date
from portal.text import clean_line, figures

PARTS = ("year", "month", "day")
BETWEEN = re.compile("[-./]")  # what stands between them on paper


class Date(Question):
    """Keeps "YYYY-MM-DD"."""

    kind = "date"
    label = gettext_lazy("Date")
    description = gettext_lazy("A day.")
    icon = "date"
    group = gettext_lazy("Facts")
    sample: ClassVar = {"text": "From when should the rule apply?"}
    samples: ClassVar = [Sample("2026-03-07", "2026-03-07", {"": "2026.3.7"})]

    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> dict[str, str]:
        return {part: clean_line(one(data, f"{name}-{part}")) for part in PARTS}

    def fill(self, value: Any) -> dict[str, str]:
        parts = value.split("-") if isinstance(value, str) else []
        year, month, day = parts if len(parts) == 3 else ("", "", "")
        return {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}

    def clean(self, typed: Mapping[str, str], before: Any = None) -> str | None:
        return read_date(typed) if any(typed.values()) else None

    def sent(self, name: str, value: Any) -> dict[str, list[str]]:
        return {f"{name}-{part}": [typed] for part, typed in self.fill(value).items()}

    def as_written(self, name: str, written: str) -> dict[str, list[str]]:
        return {f"{name}-day": [written]}

    def lines(self, value: Any) -> list[str] | None:
        try:
            return [date_format(datetime.date.fromisoformat(str(value)))]
        except ValueError:
            return None

    def read_paper(self, lines: Sequence[str]) -> str | None:
        typed = figures(" ".join(lines)).translate(FULL_WIDTH)
        if not typed:
            return None
        parts = [part.strip() for part in BETWEEN.split(typed)]
        if len(parts) != len(PARTS) or len(parts[0]) != 4:
            raise ValidationError(_("write the date as year-month-day, such as 2026-03-27."))
        return read_date(dict(zip(PARTS, parts, strict=True)))
