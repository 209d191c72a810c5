"""One of several options."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.questionnaires import paper
from consultations.questionnaires.schema import OTHER
from consultations.questionnaires.text import one
from consultations.questionnaires.types.base import Sample
from consultations.questionnaires.types.options import ChoiceQuestion


class OneChoice(ChoiceQuestion):
    """Keeps `{"choice": key, "other": text}`; `choice` is "other" where the text counts."""

    kind = "one-choice"
    label = gettext_lazy("One choice")
    description = gettext_lazy("One of several options.")
    icon = "radio-full"
    sample: ClassVar = {
        "text": "How often should a licence be reviewed?",
        "options": ["Every month", "Every year", "When something happens"],
        "allow_other": True,
    }
    samples: ClassVar = [
        Sample({"choice": "b", "other": ""}, "[x] b. Every year", {"-b": "/on"}),
        Sample({"choice": "other", "other": "Never"}, "[x] d. Other: Never", {"-other": "Never"}),
    ]

    def sent_keys(self, data: Mapping[str, Any], name: str, other: str) -> list[str]:
        """Return the key sent; text beside "other" chooses it where none was sent, not even ""."""
        return [OTHER] if other and name not in data else [one(data, name)]

    def kept(self, chosen: list[str], other: str) -> dict[str, Any]:
        return {"choice": chosen[0], "other": other}

    def chosen(self, value: Any) -> list[str]:
        choice = value.get("choice") if isinstance(value, Mapping) else None
        return [str(choice)] if choice else []

    def clean(self, typed: Mapping[str, Any], before: Any = None) -> dict[str, Any] | None:
        """Refuse words beside another option: only one of the two can be meant."""
        key = typed["chosen"][0]
        if self.allow_other and typed["other"] and key != OTHER and key in ("", *self.keys):
            told = _(
                "You chose “%(option)s” and also wrote your own words. Choose “Other”, or clear "
                "the box."
            )
            raise ValidationError(told % {"option": self.label_of(key) if key else _("No answer")})
        return super().clean(typed, before)

    @property
    def rules(self) -> list[str]:
        return [_("Choose one.")]

    def marked(self, keys: list[str]) -> list[str]:
        paper.only(keys)
        return keys
