"""A number."""

from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from consultations.questionnaires.types.base import Question, Sample
from consultations.questionnaires.values import check_range, read_number, written


class RangeQuestion(Question):
    """A question with a `minimum` and a `maximum`; either may be empty while a draft is saved."""

    @classmethod
    def check_block(cls, value: Any) -> None:
        low, high = value["minimum"], value["maximum"]
        if low is not None and high is not None and low >= high:
            raise blocks.StructBlockValidationError(
                {"maximum": ValidationError(_("The highest must be above the lowest."))}
            )


class Number(RangeQuestion):
    """Keeps a decimal as a string, such as "12.5"."""

    kind = "number"
    label = gettext_lazy("Number")
    description = gettext_lazy(
        "A number, within limits if you set them. Say the unit in the question."
    )
    icon = "decimal"
    # Translators: a group of kinds of questions: a number, a date, a file.
    group = gettext_lazy("Facts")
    sample: ClassVar = {
        "text": "How many licences did you apply for last year?",
        "minimum": Decimal(0),
        "maximum": None,
    }
    samples: ClassVar = [Sample("1234.5", "1.234,5", {"": "1’234.5"})]

    @classmethod
    def blocks(cls) -> list[tuple[str, blocks.Block]]:
        return [
            ("minimum", blocks.DecimalBlock(label=gettext_lazy("Lowest"), required=False)),
            ("maximum", blocks.DecimalBlock(label=gettext_lazy("Highest"), required=False)),
        ]

    def clean(self, typed: str, before: Any = None) -> str | None:
        if not typed:
            return None
        number = read_number(typed)
        check_range(Decimal(number), self.minimum, self.maximum)
        return number

    @property
    def rules(self) -> list[str]:
        low, high = (None if end is None else written(end) for end in (self.minimum, self.maximum))
        if low is not None and high is not None:
            return [_("A number from %(low)s to %(high)s.") % {"low": low, "high": high}]
        if low is not None:
            return [_("A number, %(low)s or more.") % {"low": low}]
        if high is not None:
            return [_("A number, at most %(high)s.") % {"high": high}]
        return [_("A number.")]

    def lines(self, value: Any) -> list[str] | None:
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            return None
        # Nobody meant a number of a hundred digits; to write it out could take forever.
        plain = number.is_finite() and abs(number.adjusted()) < 30
        return [written(number)] if plain else None
