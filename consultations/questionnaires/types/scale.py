"""A step between two ends."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from consultations.questionnaires.paper import is_ticked, marks, none_of_the_options
from consultations.questionnaires.types.base import Sample
from consultations.questionnaires.types.number import RangeQuestion
from consultations.questionnaires.types.options import unknown_option
from consultations.questionnaires.values import written
from portal.text import digits

STEP = re.compile(r"-?[0-9]{1,3}(?![0-9])")
MOST_STEPS = 11  # 0 to 10: more steps than anybody can tell apart
CEILING = 21


class Scale(RangeQuestion):
    """Keeps an integer."""

    kind = "scale"
    label = gettext_lazy("Scale")
    description = gettext_lazy("Whole numbers, with a word at each end.")
    icon = "bars"
    group = gettext_lazy("By choosing")
    sample: ClassVar = {
        "text": "How clear is the draft?",
        "minimum": 1,
        "maximum": 5,
        "minimum_label": "Not clear",
        "maximum_label": "Very clear",
    }
    samples: ClassVar = [Sample(4, "[x] 4", {"-4": "/on"})]

    @classmethod
    def blocks(cls) -> list[tuple[str, blocks.Block]]:
        within: dict[str, Any] = {"min_value": -10, "max_value": 10}
        words: dict[str, Any] = {"required": False, "max_length": 100}
        lowest, highest = (
            gettext_lazy("What the lowest means"),
            gettext_lazy("What the highest means"),
        )
        return [
            ("minimum", blocks.IntegerBlock(label=gettext_lazy("Lowest"), default=1, **within)),
            ("maximum", blocks.IntegerBlock(label=gettext_lazy("Highest"), default=5, **within)),
            ("minimum_label", blocks.CharBlock(label=lowest, **words)),
            ("maximum_label", blocks.CharBlock(label=highest, **words)),
        ]

    @classmethod
    def check_block(cls, value: Any) -> None:
        super().check_block(value)
        low, high = value["minimum"], value["maximum"]
        if low is not None and high is not None and high - low >= MOST_STEPS:
            raise blocks.StructBlockValidationError(
                {"maximum": ValidationError(_("A scale has at most eleven steps."))}
            )

    @property
    def steps(self) -> list[int]:
        """Return its numbers, from one end to the other."""
        low = int(self.minimum if self.minimum is not None else 1)
        high = int(self.maximum if self.maximum is not None else low + 4)
        return list(range(low, min(high, low + CEILING - 1) + 1))

    @property
    def ends(self) -> list[tuple[int, str]]:
        """Return both ends with what they mean, "" where nothing is said."""
        steps = self.steps or [0]
        return [(steps[0], self.minimum_label), (steps[-1], self.maximum_label)]

    def fill(self, value: Any) -> str:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""

    def clean(self, typed: str, before: Any = None) -> int | None:
        if not typed:
            return None
        steps = {str(step): step for step in self.steps}
        if typed not in steps:
            raise unknown_option()
        return steps[typed]

    def as_written(self, name: str, written: str) -> dict[str, list[str]]:
        return {}

    @property
    def rules(self) -> list[str]:
        low, high = (
            _("%(number)s (%(meaning)s)") % {"number": number, "meaning": label}
            if label
            else number
            for end, label in self.ends
            for number in [written(Decimal(end))]
        )
        return [_("From %(low)s to %(high)s.") % {"low": low, "high": high}]

    def lines(self, value: Any) -> list[str]:
        """Write a step with the meaning of the ends, where they have one: "4 (1: Not clear)"."""
        ends = [f"{written(Decimal(end))}: {label}" for end, label in self.ends if label]
        return [f"{value} ({', '.join(ends)})" if ends else str(value)]

    def paper_lines(self) -> list[str]:
        return [f"[ ] {step}" for step in self.steps]

    def read_paper(self, lines: Sequence[str]) -> int | None:
        found = set()
        for mark in marks(lines):
            step = STEP.match(digits(mark.rest))
            if mark.mark and step is None:
                raise none_of_the_options(mark)
            if mark.mark and step:
                found.add(int(step[0]))
        if len(found) > 1:
            raise ValidationError(_("more than one number is marked; choose one."))
        for other in found.difference(self.steps):
            raise ValidationError(_("%(step)s is not on the scale.") % {"step": other})
        return next(iter(found), None)

    def read_pdf(self, fields: Mapping[str, str], name: str) -> list[str]:
        return [f"[x] {step}" for step in self.steps if is_ticked(fields, f"{name}-{step}")]

    def tally_keys(self, value: Any) -> Iterable[Any]:
        return [value] if type(value) is int else []  # true is no whole number here

    def tally_labels(self) -> list[tuple[Any, str]]:
        ends = dict(self.ends)
        return [
            (each, f"{each} – {ends[each]}" if ends.get(each) else str(each)) for each in self.steps
        ]
