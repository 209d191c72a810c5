"""What kinds of question with options have in common."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from consultations.questionnaires.paper import Lettered, chosen, letter, ticked_lines
from consultations.questionnaires.schema import OTHER, Limit, Option, Unit
from consultations.questionnaires.text import check_length, one
from consultations.questionnaires.types.base import Question
from portal.text import clean_line

OTHER_CEILING = 500


def labels(one: Any, **kwargs: Any) -> blocks.ListBlock:
    """
    Build a list of words to choose from.

    Wagtail gives each entry an id that survives relabelling and reordering: the option's key.
    """
    return blocks.ListBlock(blocks.CharBlock(label=one, max_length=300), **kwargs)


def unknown_option() -> ValidationError:
    return ValidationError(_("Choose from the options that are given."))


class OptionsQuestion(Question):
    """A question with options; it is answered by their keys."""

    group = gettext_lazy("By choosing")

    @classmethod
    def blocks(cls) -> list[tuple[str, blocks.Block]]:
        words = {"label": gettext_lazy("Options"), "min_num": 2, "max_num": 50}
        return [("options", labels(gettext_lazy("Option"), **words))]

    @classmethod
    def check_block(cls, value: Any) -> None:
        """Refuse two options with the same words: an answer could not be told from the other."""
        for name in ("options", "rows"):
            if name in value:
                _refuse_twins(name, value[name])

    def lettered(self) -> list[Lettered]:
        return [
            Lettered(letter(place), option.key, option.label)
            for place, option in enumerate(self.options)
        ]

    def as_written(self, name: str, written: str) -> dict[str, list[str]]:
        return {}

    def read_pdf(self, fields: Mapping[str, str], name: str) -> list[str]:
        return ticked_lines(fields, name, self.lettered())


def _refuse_twins(name: str, listed: Any) -> None:
    seen: set[str] = set()
    for place, label in enumerate(listed):
        folded = " ".join((label or "").casefold().split())
        if folded and folded in seen:
            error = ValidationError(_("This stands in the list already."))
            raise blocks.StructBlockValidationError(
                {name: blocks.list_block.ListBlockValidationError({place: error})}
            )
        seen.add(folded)


class ChoiceQuestion(OptionsQuestion):
    """A question whose options are chosen, with "other" in people's own words where it is set."""

    @classmethod
    def blocks(cls) -> list[tuple[str, blocks.Block]]:
        label = gettext_lazy("Also offer “other”, with a text")
        return [
            *super().blocks(),
            ("allow_other", blocks.BooleanBlock(label=label, required=False)),
        ]

    @property
    def keys(self) -> list[str]:
        """Return the keys that may be chosen, in the order shown."""
        return [option.key for option in self.condition_options()]

    def condition_options(self) -> list[Option]:
        has_other = self.allow_other and all(option.key != OTHER for option in self.options)
        # Translators: an option of a question, with a field for own words.
        return [*self.options, *([Option(OTHER, _("Other"))] if has_other else [])]

    def lettered(self) -> list[Lettered]:
        own = len(self.options)
        return [
            Lettered(letter(place), option.key, option.label, is_other=place >= own)
            for place, option in enumerate(self.condition_options())
        ]

    @abstractmethod
    def sent_keys(self, data: Mapping[str, Any], name: str, other: str) -> list[str]:
        """Return the keys that a browser sent; `other` is the text beside "other", if it counts."""

    @abstractmethod
    def kept(self, chosen: list[str], other: str) -> dict[str, Any]:
        """Return the value of keys, of which there is one at least, and the text of "other"."""

    @abstractmethod
    def chosen(self, value: Any) -> list[str]:
        """Return the keys in a value; none where it does not fit."""

    def marked(self, keys: list[str]) -> list[str]:
        """Return the keys marked on paper, if so many may be. Raises ValidationError."""
        return keys

    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> dict[str, Any]:
        other = clean_line(one(data, f"{name}-other"))
        chosen = self.sent_keys(data, name, other if self.allow_other else "")
        return {"chosen": chosen, "other": other}

    def fill(self, value: Any) -> dict[str, Any]:
        other = value.get("other") if isinstance(value, Mapping) else ""
        return {"chosen": self.chosen(value), "other": other or ""}

    def clean(self, typed: Mapping[str, Any], before: Any = None) -> dict[str, Any] | None:
        chosen = [key for key in typed["chosen"] if key]
        if not set(chosen).issubset(self.keys):
            raise unknown_option()
        other = typed["other"] if self.allow_other and OTHER in chosen else ""
        check_length(other, Limit(OTHER_CEILING, Unit.CHARACTERS))
        return self.kept(chosen, other) if chosen else None

    def sent(self, name: str, value: Any) -> dict[str, list[str]]:
        return {name: self.chosen(value), f"{name}-other": [value.get("other") or ""]}

    def is_answered(self, value: Any) -> bool:
        """Say whether something is chosen; "other" alone needs its words."""
        chosen = self.chosen(value)
        return bool(chosen) and (
            chosen != [OTHER] or not self.allow_other or bool(value.get("other"))
        )

    def read_paper(self, lines: Sequence[str]) -> dict[str, Any] | None:
        keys, other = chosen(self.lettered(), lines)
        return self.kept(self.marked(keys), other) if keys else None

    def lines(self, value: Any) -> list[str] | None:
        if not isinstance(value, Mapping):
            return None
        own = {option.key for option in self.options}
        other = value.get("other")
        others = _("Other: %(text)s") % {"text": other} if other else _("Other")
        chosen = self.chosen(value)
        return [
            others if key == OTHER and OTHER not in own else self.label_of(key) for key in chosen
        ] or None

    def own_words(self, value: Any) -> str:
        other = value.get("other") if isinstance(value, Mapping) else None
        return other if isinstance(other, str) else ""

    def with_words(self, value: Any, words: str) -> Any:
        return {**value, "other": words}

    def keys_given(self, value: Any) -> frozenset[str]:
        return frozenset(self.chosen(value))

    def tally_keys(self, value: Any) -> Iterable[Any]:
        return self.keys_given(value)

    def exported_keys(self, value: Any) -> list[str] | None:
        return self.chosen(value) or None

    def tally_labels(self) -> list[tuple[Any, str]]:
        return [(option.key, option.label) for option in self.condition_options()]
