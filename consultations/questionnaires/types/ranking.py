"""Options to put in order."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.questionnaires.paper import marks, meant, none_of_the_options
from consultations.questionnaires.text import one
from consultations.questionnaires.types.base import Sample
from consultations.questionnaires.types.options import OptionsQuestion, unknown_option
from portal.languages.lists import in_words
from portal.text import digits, figures


class Ranking(OptionsQuestion):
    """Keeps the keys of the options, the first ranked first; options left out are not ranked."""

    kind = "ranking"
    label = gettext_lazy("Ranking")
    description = gettext_lazy("Options to put in order. People may leave some unranked.")
    icon = "order"
    sample: ClassVar = {
        "text": "What should come first?",
        "options": ["Training", "Model laws", "Shared lists"],
    }
    samples: ClassVar = [
        Sample(["c", "a"], "[2] a. Training\n[1] c. Shared lists", {"-a": "2", "-c": "1"})
    ]

    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> dict[str, str]:
        return {option.key: figures(one(data, f"{name}-o-{option.key}")) for option in self.options}

    def fill(self, value: Any) -> dict[str, str]:
        ranked = value if isinstance(value, list) else []
        return {key: str(place) for place, key in enumerate(ranked, 1)}

    def clean(self, typed: Mapping[str, str], before: Any = None) -> list[str] | None:
        """Return the options by their places; gaps are closed, the order is what counts."""
        places = [str(place) for place in range(1, len(self.options) + 1)]
        holders: dict[str, list[str]] = {}
        for option in self.options:
            if place := typed[option.key]:
                holders.setdefault(place, []).append(option.key)
        if not holders.keys() <= set(places):
            raise unknown_option()
        errors = [
            # Translators: “Cost” and “Time” have the same place, 2.
            _("%(options)s have the same place, %(place)s. Give each a place of its own.")
            % {
                "options": in_words(_("“%s”") % self.label_of(key) for key in keys),
                "place": place,
            }
            for place in places
            if len(keys := holders.get(place, [])) > 1
        ]
        if errors:
            raise ValidationError(errors)
        return [key for place in places for key in holders.get(place, [])] or None

    def sent(self, name: str, value: Any) -> dict[str, list[str]]:
        return {f"{name}-o-{key}": [place] for key, place in self.fill(value).items()}

    @property
    def rules(self) -> list[str]:
        return [_("Give 1 to what comes first, 2 to the next. You may leave some out.")]

    def exported_keys(self, value: Any) -> list[str] | None:
        return [str(each) for each in value] if isinstance(value, list) else None

    def lines(self, value: Any) -> list[str] | None:
        if not isinstance(value, list):
            return None
        return [f"{rank}. {self.label_of(str(key))}" for rank, key in enumerate(value, 1)]

    def read_paper(self, lines: Sequence[str]) -> list[str] | None:
        """Return the options in the order of their numbers, whichever numbers those are."""
        ranks: dict[int, str] = {}
        options = self.lettered()
        for mark in marks(lines):
            option = meant(mark, options)
            if not mark.mark:
                continue
            if option is None:
                raise none_of_the_options(mark)
            rank = digits(mark.mark).rstrip(".)")
            if not (rank.isascii() and rank.isdigit() and len(rank) < 5):
                raise ValidationError(_("rank with numbers: [1], [2] and so on."))
            if ranks.setdefault(int(rank), option.key) != option.key:
                raise ValidationError(_("%(rank)s is given twice.") % {"rank": int(rank)})
        return list(dict.fromkeys(ranks[rank] for rank in sorted(ranks))) or None

    def read_pdf(self, fields: Mapping[str, str], name: str) -> list[str]:
        ranks = [
            (o, " ".join(fields.get(f"{name}-{o.letter}", "").split())) for o in self.lettered()
        ]
        return [f"[{rank}] {option.letter}." for option, rank in ranks if rank]
