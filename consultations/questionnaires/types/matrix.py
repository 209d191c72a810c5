"""The same choice asked of several things."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from consultations.questionnaires.paper import is_ticked, marks, none_of_the_options
from consultations.questionnaires.text import one
from consultations.questionnaires.types.base import Sample
from consultations.questionnaires.types.options import OptionsQuestion, labels, unknown_option
from portal.text import digits

CELL = re.compile(r"([0-9]{1,3})\s?([A-Za-z]{1,2})\s?[.):]?")


class Matrix(OptionsQuestion):
    """Keeps `{row key: column key}`; its `options` are the columns."""

    kind = "matrix"
    label = gettext_lazy("Matrix")
    description = gettext_lazy("The same choice asked of several things.")
    icon = "table"
    sample: ClassVar = {
        "text": "How useful are these to you?",
        "rows": ["Checklists", "Case studies"],
        "options": ["Useful", "Somewhat useful", "Not useful"],
    }
    samples: ClassVar = [
        Sample({"a": "c", "b": "a"}, "[x] 1c.\n[x] 2a.", {"-3-a": "/on", "-1-b": "/on"})
    ]

    @classmethod
    def blocks(cls) -> list[tuple[str, blocks.Block]]:
        columns = labels(
            gettext_lazy("Column"),
            label=gettext_lazy("Columns"),
            min_num=2,
            max_num=10,
            help_text=gettext_lazy("One of them is chosen in each row."),
        )
        rows = labels(gettext_lazy("Row"), label=gettext_lazy("Rows"), min_num=1, max_num=20)
        return [("options", columns), ("rows", rows)]

    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> dict[str, str]:
        return {row.key: one(data, f"{name}-r-{row.key}") for row in self.rows}

    def fill(self, value: Any) -> dict[str, str]:
        return dict(value) if isinstance(value, Mapping) else {}

    def clean(self, typed: Mapping[str, str], before: Any = None) -> dict[str, str] | None:
        chosen = {row: column for row, column in typed.items() if column}
        if not set(chosen.values()).issubset(option.key for option in self.options):
            raise unknown_option()
        return chosen or None

    def sent(self, name: str, value: Any) -> dict[str, list[str]]:
        return {f"{name}-r-{row}": [column] for row, column in value.items()}

    @property
    def rules(self) -> list[str]:
        return [_("Choose one in each row.")]

    def is_answered(self, value: Any) -> bool:
        """Say whether every row has a choice, which makes a whole answer."""
        return isinstance(value, Mapping) and all(value.get(row.key) for row in self.rows)

    def lines(self, value: Any) -> list[str] | None:
        """List the answers in the order of the rows, then those to rows that are gone."""
        if not isinstance(value, Mapping):
            return None
        words = {row.key: row.label for row in self.rows}
        keys = [key for key in words if key in value] + [key for key in value if key not in words]
        return [
            _("%(row)s: %(column)s")
            % {"row": words.get(key, key), "column": self.label_of(str(value[key]))}
            for key in keys
        ]

    def exported_keys(self, value: Any) -> dict[str, str] | None:
        return self.fill(value) or None

    def paper_lines(self) -> list[str]:
        return [
            f"[ ] {number}{option.letter}. {row.label}: {option.label}"
            for number, row in enumerate(self.rows, 1)
            for option in self.lettered()
        ]

    def read_paper(self, lines: Sequence[str]) -> dict[str, str] | None:
        marked = self._marked(lines)
        return {row: columns[0] for row, columns in marked.items() if len(columns) == 1} or None

    def paper_problems(self, lines: Sequence[str]) -> list[str]:
        marked = self._marked(lines)
        return [
            _("in the row “%(row)s” choose one.") % {"row": row.label}
            for row in self.rows
            if len(marked.get(row.key, ())) > 1
        ]

    def _marked(self, lines: Sequence[str]) -> dict[str, list[str]]:
        """Return the columns that were marked in each row, each once."""
        marked: dict[str, list[str]] = {}
        columns = {option.letter: option.key for option in self.lettered()}
        for mark in marks(lines):
            if not mark.mark:
                continue
            cell = CELL.match(digits(mark.rest))
            column = columns.get(cell[2].lower()) if cell else None
            if cell is None or column is None or not 0 < int(cell[1]) <= len(self.rows):
                raise none_of_the_options(mark)
            there = marked.setdefault(self.rows[int(cell[1]) - 1].key, [])
            if column not in there:
                there.append(column)
        return marked

    def read_pdf(self, fields: Mapping[str, str], name: str) -> list[str]:
        return [
            f"[x] {place}{option.letter}."
            for place, row in enumerate(self.rows, 1)
            for column, option in enumerate(self.lettered(), 1)
            if is_ticked(fields, f"{name}-{column}-{row.key}")
        ]
