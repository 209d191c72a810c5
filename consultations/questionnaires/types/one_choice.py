"""One of several options."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.questionnaires import paper
from consultations.questionnaires.schema import OTHER
from consultations.questionnaires.text import clean_line, one
from consultations.questionnaires.types.base import Sample
from consultations.questionnaires.types.options import ChoiceQuestion, unknown_option


class OneChoice(ChoiceQuestion):
    """Keeps `{"choice": key, "other": text}`; `choice` is "other" where the text counts."""

    kind = "one-choice"
    label = gettext_lazy("One choice")
    description = gettext_lazy("One of several options.")
    icon = "radio-full"
    group = gettext_lazy("By choosing")
    sample: ClassVar = {
        "text": "How often should a licence be reviewed?",
        "options": ["Every month", "Every year", "When something happens"],
        "allow_other": True,
    }
    samples: ClassVar = [
        Sample({"choice": "b", "other": ""}, "[x] b. Every year", {"-b": "/on"}),
        Sample({"choice": "other", "other": "Never"}, "[x] d. Other: Never", {"-other": "Never"}),
    ]

    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> dict[str, str]:
        typed = {"choice": one(data, name), "other": clean_line(one(data, f"{name}-other"))}
        if self.allow_other and typed["other"] and name not in data:
            typed["choice"] = OTHER
        return typed

    def fill(self, value: Any) -> dict[str, str]:
        value = value if isinstance(value, Mapping) else {}
        return {"choice": value.get("choice") or "", "other": value.get("other") or ""}

    def clean(self, typed: Mapping[str, str], before: Any = None) -> dict[str, str] | None:
        choice = typed["choice"]
        if choice and choice not in self.keys:
            raise unknown_option()
        other = self.checked_other(typed, [choice])
        return {"choice": choice, "other": other} if choice else None

    def sent(self, name: str, value: Any) -> dict[str, list[str]]:
        return {name: [value["choice"]], f"{name}-other": [value.get("other") or ""]}

    @property
    def rules(self) -> list[str]:
        return [_("Choose one.")]

    def is_answered(self, value: Any) -> bool:
        """With "other", its words are part of the answer."""
        is_other = self.allow_other and self.chosen(value) == [OTHER]
        return bool(value.get("other") if is_other else value)

    def chosen(self, value: Any) -> list[str]:
        choice = value.get("choice") if isinstance(value, Mapping) else None
        return [str(choice)] if choice else []

    def read_paper(self, lines: Sequence[str]) -> dict[str, str] | None:
        keys, other = paper.chosen(self.lettered(), lines)
        only = paper.only(keys)
        return {"choice": only, "other": other} if only else None
