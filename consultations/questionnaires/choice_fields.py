"""Form fields for questions that give options: one or many, a scale, a ranking, a matrix."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from consultations.questionnaires.fields import AnswerField, check_length, many, one
from consultations.questionnaires.schema import OTHER, Limit, Question, Unit
from consultations.questionnaires.text import clean_line, clean_text, plain_digits

OTHER_CEILING = 500
SCALE_CEILING = 21


def unknown_option() -> ValidationError:
    return ValidationError(_("Choose from the options that are given."))


class OneChoiceField(AnswerField):
    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> dict[str, str]:
        typed = {"choice": one(data, name), "other": clean_line(one(data, f"{name}-other"))}
        if self.question.allow_other and typed["other"] and name not in data:
            typed["choice"] = OTHER
        return typed

    def fill(self, value: Any) -> dict[str, str]:
        value = value if isinstance(value, Mapping) else {}
        return {"choice": value.get("choice") or "", "other": value.get("other") or ""}

    def clean(self, value: Mapping[str, str]) -> dict[str, str] | None:
        choice = value["choice"]
        if not choice:
            return None
        if choice not in keys_of(self.question):
            raise unknown_option()
        # Beside another option the text is what is left of a thought: it is not sent unseen.
        other = value["other"] if self.question.allow_other and choice == OTHER else ""
        check_length(other, Limit(OTHER_CEILING, Unit.CHARACTERS))
        return {"choice": choice, "other": other}


class ManyChoicesField(AnswerField):
    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> dict[str, Any]:
        choices = [clean_text(each) for each in many(data, name) if isinstance(each, str)]
        typed = {"choices": choices, "other": clean_line(one(data, f"{name}-other"))}
        if self.question.allow_other and typed["other"] and OTHER not in choices:
            choices.append(OTHER)
        return typed

    def fill(self, value: Any) -> dict[str, Any]:
        value = value if isinstance(value, Mapping) else {}
        return {"choices": list(value.get("choices") or []), "other": value.get("other") or ""}

    def clean(self, value: Mapping[str, Any]) -> dict[str, Any] | None:
        chosen = {each for each in value["choices"] if each}
        keys = keys_of(self.question)
        if not chosen.issubset(keys):
            raise unknown_option()
        other = value["other"] if self.question.allow_other and OTHER in chosen else ""
        check_length(other, Limit(OTHER_CEILING, Unit.CHARACTERS))
        return (
            {"choices": [key for key in keys if key in chosen], "other": other} if chosen else None
        )


def keys_of(question: Question) -> list[str]:
    """The keys that may be chosen, in the order shown."""
    keys = [option.key for option in question.options]
    return [*keys, OTHER] if question.allow_other and OTHER not in keys else keys


class ScaleField(AnswerField):
    @property
    def steps(self) -> list[int]:
        """Its numbers, from one end to the other."""
        low = int(self.question.minimum if self.question.minimum is not None else 1)
        high = int(self.question.maximum if self.question.maximum is not None else low + 4)
        return list(range(low, min(high, low + SCALE_CEILING - 1) + 1))

    def fill(self, value: Any) -> str:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""

    def clean(self, value: str) -> int | None:
        if not value:
            return None
        steps = {str(step): step for step in self.steps}
        if value not in steps:
            raise unknown_option()
        return steps[value]


class YesNoField(AnswerField):
    VALUES: ClassVar[dict[str, bool | None]] = {"yes": True, "no": False, "": None}

    def fill(self, value: Any) -> str:
        return next((typed for typed, kept in self.VALUES.items() if kept is value), "")

    def clean(self, value: str) -> bool | None:
        if value not in self.VALUES:
            raise unknown_option()
        return self.VALUES[value]


class RankingField(AnswerField):
    """A place for each option; gaps are closed, the order is what counts."""

    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> dict[str, str]:
        return {
            option.key: plain_digits(one(data, f"{name}-o-{option.key}"))
            for option in self.question.options
        }

    def fill(self, value: Any) -> dict[str, str]:
        ranked = value if isinstance(value, list) else []
        return {key: str(place) for place, key in enumerate(ranked, 1)}

    def clean(self, value: Mapping[str, str]) -> list[str] | None:
        places = [str(place) for place in range(1, len(self.question.options) + 1)]
        holders: dict[str, list[str]] = {}
        for option in self.question.options:
            if place := value[option.key]:
                holders.setdefault(place, []).append(option.key)
        if not holders.keys() <= set(places):
            raise unknown_option()
        errors = [
            _("%(options)s have the same place, %(place)s. Give each a place of its own.")
            % {
                "options": get_text_list(
                    [f"“{self.question.label_of(key)}”" for key in keys], _("and")
                ),
                "place": place,
            }
            for place in places
            if len(keys := holders.get(place, [])) > 1
        ]
        if errors:
            raise ValidationError(errors)
        return [key for place in places for key in holders.get(place, [])] or None


class MatrixField(AnswerField):
    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> dict[str, str]:
        return {row.key: one(data, f"{name}-r-{row.key}") for row in self.question.rows}

    def fill(self, value: Any) -> dict[str, str]:
        return dict(value) if isinstance(value, Mapping) else {}

    def clean(self, value: Mapping[str, str]) -> dict[str, str] | None:
        chosen = {row: column for row, column in value.items() if column}
        if not set(chosen.values()).issubset(option.key for option in self.question.options):
            raise unknown_option()
        return chosen or None
