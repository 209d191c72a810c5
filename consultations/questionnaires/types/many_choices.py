"""Any number of several options."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.questionnaires import paper
from consultations.questionnaires.schema import OTHER
from consultations.questionnaires.text import clean_line, clean_text, many, one
from consultations.questionnaires.types.base import Sample
from consultations.questionnaires.types.options import ChoiceQuestion, unknown_option


class ManyChoices(ChoiceQuestion):
    """Keeps `{"choices": [key, …], "other": text}`."""

    kind = "many-choices"
    label = gettext_lazy("Many choices")
    description = gettext_lazy("Any number of several options.")
    icon = "tick"
    group = gettext_lazy("By choosing")
    sample: ClassVar = {
        "text": "Which sources do you use?",
        "options": ["Court rulings", "Reports of the press", "Own enquiries"],
        "allow_other": True,
    }
    samples: ClassVar = [
        Sample(
            {"choices": ["a", "other"], "other": "Those of our members"},
            "[x] a. Court rulings\n[x] d. Other: Those of our members",
            {"-a": "/on", "-other": "Those of our members"},
        ),
    ]

    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> dict[str, Any]:
        choices = [clean_text(each) for each in many(data, name) if isinstance(each, str)]
        typed = {"choices": choices, "other": clean_line(one(data, f"{name}-other"))}
        if self.allow_other and typed["other"] and OTHER not in choices:
            choices.append(OTHER)
        return typed

    def fill(self, value: Any) -> dict[str, Any]:
        value = value if isinstance(value, Mapping) else {}
        return {"choices": list(value.get("choices") or []), "other": value.get("other") or ""}

    def clean(self, typed: Mapping[str, Any], before: Any = None) -> dict[str, Any] | None:
        chosen = [each for each in typed["choices"] if each]
        if not set(chosen).issubset(self.keys):
            raise unknown_option()
        other = self.checked_other(typed, chosen)
        kept = [key for key in self.keys if key in chosen]
        return {"choices": kept, "other": other} if kept else None

    def sent(self, name: str, value: Any) -> dict[str, list[str]]:
        return {name: list(value["choices"]), f"{name}-other": [value.get("other") or ""]}

    @property
    def rules(self) -> list[str]:
        return [_("Choose all that apply.")]

    def is_answered(self, value: Any) -> bool:
        """With "other" alone, its words are the answer."""
        chosen = self.chosen(value)
        return bool(chosen) and (chosen != [OTHER] or bool(value.get("other")))

    def chosen(self, value: Any) -> list[str]:
        keys = value.get("choices") if isinstance(value, Mapping) else None
        return [str(key) for key in keys or () if key]

    def read_paper(self, lines: Sequence[str]) -> dict[str, Any] | None:
        keys, other = paper.chosen(self.lettered(), lines)
        return {"choices": keys, "other": other} if keys else None
