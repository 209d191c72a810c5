"""Any number of several options."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.questionnaires.schema import OTHER
from consultations.questionnaires.text import many
from consultations.questionnaires.types.base import Sample
from consultations.questionnaires.types.options import ChoiceQuestion
from portal.text import clean_text


class ManyChoices(ChoiceQuestion):
    """Keeps `{"choices": [key, …], "other": text}`."""

    kind = "many-choices"
    label = gettext_lazy("Many choices")
    description = gettext_lazy("Any number of several options.")
    icon = "tasks"
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

    def sent_keys(self, data: Mapping[str, Any], name: str, other: str) -> list[str]:
        """Return the keys that were sent; what is written beside "other" chooses it too."""
        keys = [clean_text(each) for each in many(data, name) if isinstance(each, str)]
        return [*keys, OTHER] if other and OTHER not in keys else keys

    def kept(self, chosen: list[str], other: str) -> dict[str, Any]:
        return {"choices": [key for key in self.keys if key in chosen], "other": other}

    def chosen(self, value: Any) -> list[str]:
        keys = value.get("choices") if isinstance(value, Mapping) else None
        return [str(key) for key in keys or () if key]

    @property
    def rules(self) -> list[str]:
        return [_("Choose all that apply.")]
