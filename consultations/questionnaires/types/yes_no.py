"""Yes or no."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.questionnaires import paper
from consultations.questionnaires.schema import Option
from consultations.questionnaires.types.base import Question, Sample
from consultations.questionnaires.types.options import unknown_option


class YesNo(Question):
    """Keeps true or false."""

    kind = "yes-no"
    label = gettext_lazy("Yes or no")
    description = gettext_lazy("Yes or no; later questions may depend on it.")
    icon = "help"
    group = gettext_lazy("By choosing")
    sample: ClassVar = {"text": "Do you export items that are on a control list?"}
    samples: ClassVar = [
        Sample(True, "[x] a. Yes", {"-a": "/on"}),
        Sample(False, "[x] b. No", {"-b": "/on"}),
    ]

    VALUES: ClassVar[Mapping[str, bool | None]] = {"yes": True, "no": False, "": None}

    def fill(self, value: Any) -> str:
        return next((typed for typed, kept in self.VALUES.items() if kept is value), "")

    def clean(self, typed: str, before: Any = None) -> bool | None:
        if typed not in self.VALUES:
            raise unknown_option()
        return self.VALUES[typed]

    def sent(self, name: str, value: Any) -> dict[str, list[str]]:
        return {name: [self.fill(value)]}

    def as_written(self, name: str, written: str) -> dict[str, list[str]]:
        return {}

    @property
    def rules(self) -> list[str]:
        return [_("Yes or no.")]

    def lines(self, value: Any) -> list[str] | None:
        return [_("Yes") if value else _("No")] if isinstance(value, bool) else None

    def lettered(self) -> list[paper.Lettered]:
        return [
            paper.Lettered(paper.letter(place), option.key, option.label)
            for place, option in enumerate(self.condition_options())
        ]

    def read_paper(self, lines: Sequence[str]) -> bool | None:
        keys, _other = paper.chosen(self.lettered(), lines)
        return self.VALUES[paper.only(keys) or ""]

    def read_pdf(self, fields: Mapping[str, str], name: str) -> list[str]:
        return paper.ticked_lines(fields, name, self.lettered())

    def condition_options(self) -> list[Option]:
        return [Option("yes", _("Yes")), Option("no", _("No"))]

    def keys_given(self, value: Any) -> frozenset[str]:
        return frozenset([self.fill(value)] if isinstance(value, bool) else [])

    def exported_keys(self, value: Any) -> list[str] | None:
        return [*self.keys_given(value)] or None

    def tally_keys(self, value: Any) -> Iterable[Any]:
        return [value] if isinstance(value, bool) else []

    def tally_labels(self) -> list[tuple[Any, str]]:
        return [(True, _("Yes")), (False, _("No"))]
