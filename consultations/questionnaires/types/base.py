"""What every kind of question can say of itself; each kind is a class in a file beside this one."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple, Self

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail import blocks

from consultations.questionnaires.paper import Lettered, letter, typed_lines
from consultations.questionnaires.schema import Condition, Limit, Option
from consultations.questionnaires.text import one
from portal.text import clean_line

Words = str | Promise
PARAGRAPHS = re.compile(r"\n\s*\n")


class Sample(NamedTuple):
    """
    An answer: its value as it is kept (the letters of options and rows are their keys), what people
    write on paper, and into which fields of the PDF, by the end of their names.
    """

    value: Any
    written: str = ""
    fields: Mapping[str, str] = {}


@dataclass(frozen=True)
class Question(ABC):
    """
    One question. `id` is its block's own and never changes; `number` is how people cite it.

    Only what belongs to its kind is set: `options` and `allow_other` for choices, `options` for a
    ranking, `rows` and `options` (the columns) for a matrix, `minimum` and `maximum` for a number,
    a scale (whole numbers, with a label at each end) and the count of files (`maximum`).

    A kind gives what stands under "for editors", and `clean`; it overrides what is otherwise with
    it. What stands here is right for a kind that is answered by a line of text. The docstring of a
    kind says what it keeps.
    """

    # For editors; `sample` is a value of its block, `samples` are answers to it.
    kind: ClassVar[str]
    label: ClassVar[Words]
    description: ClassVar[Words]
    icon: ClassVar[str]
    group: ClassVar[Words]
    sample: ClassVar[Mapping[str, Any]]
    samples: ClassVar[Sequence[Sample]]

    is_asked: ClassVar[bool] = True  # on the web
    is_on_paper: ClassVar[bool] = True
    is_text: ClassVar[bool] = False  # the whole answer is in the writer's own words
    has_files: ClassVar[bool] = False

    id: str
    number: str
    text: str
    help: str = ""
    required: bool = False
    limit: Limit | None = None
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    allow_other: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    minimum_label: str = ""
    maximum_label: str = ""
    condition: Condition | None = None
    language: str = ""  # of its words, where this is not the reader's
    is_standard: bool = False  # these are standard words amid easy ones

    # -- from the editor's block -------------------------------------------------------------------

    @classmethod
    def blocks(cls) -> list[tuple[str, blocks.Block]]:
        """Return what editors set beside the words, by name: names of the fields above."""
        return []

    @classmethod
    def check_block(cls, value: Any) -> None:
        """Raise StructBlockValidationError where a block's value, right in itself, is no use."""
        return

    @classmethod
    def from_block(
        cls, id_: str, number: str, value: Any, condition: Condition | None = None
    ) -> Self:
        """Return the question from the value of its block."""
        limit = value.get("limit")
        return cls(
            id=id_,
            number=number,
            text=value.get("text") or "",
            help=value.get("help") or "",
            required=bool(value.get("required")),
            limit=Limit(limit, value.get("unit") or Limit.unit) if limit else None,
            options=tuple(_labels(value.get("options"))),
            rows=tuple(_labels(value.get("rows"))),
            allow_other=bool(value.get("allow_other")),
            minimum=_decimal(value.get("minimum")),
            maximum=_decimal(value.get("maximum")),
            minimum_label=value.get("minimum_label") or "",
            maximum_label=value.get("maximum_label") or "",
            condition=condition,
        )

    @classmethod
    def example(cls, **changed: Any) -> Self:
        """Return the question of `sample`; its options and rows have their letters as keys."""
        listed = {
            name: tuple(Option(letter(at), each) for at, each in enumerate(cls.sample[name]))
            for name in ("options", "rows")
            if name in cls.sample
        }
        return replace(cls.from_block(cls.kind, "1", cls.sample), **{**listed, **changed})

    def label_of(self, key: str) -> str:
        """Return the words of an option; the key itself where an option is gone."""
        return next((option.label for option in self.options if option.key == key), key)

    @property
    def template(self) -> str:
        """
        Return the file of macros that draw it.

        `control(question, field, form)` in the web form; `sheet(question, name, fillable)`
        on the sheet (a line where it has none), `outline(question)` where it is read without being
        answered, `published(lines)` among public answers, where the usual way will not do.
        """
        return f"consultations/questionnaires/{self.kind.replace('-', '_')}.html"

    # -- in the web form ---------------------------------------------------------------------------

    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> Any:
        """Return what was typed, from what a browser sent under `name` or names that begin so."""
        return clean_line(one(data, name))

    def fill(self, value: Any) -> Any:
        """Return what to show as typed for a value that was kept; `read` undone."""
        return value if isinstance(value, str) else ""

    @abstractmethod
    def clean(self, typed: Any, before: Any = None) -> Any:
        """
        Return the value of what was typed, None where nothing was; `before` is the value so far.

        Raises ValidationError.
        """

    def sent(self, name: str, value: Any) -> dict[str, list[str]]:
        """Return a value as a browser sends it."""
        return {name: [str(value)]}

    def as_written(self, name: str, written: str) -> dict[str, list[str]]:
        """Return what was written elsewhere and not understood, where a control can show it."""
        return {name: [written]}

    # -- what is told of it ------------------------------------------------------------------------

    @property
    def rules(self) -> list[str]:
        """List what an answer must keep to, and how it is given, as sentences."""
        return []

    def is_answered(self, value: Any) -> bool:
        """Say whether a value is a whole answer; what is required is complete with it."""
        return not is_empty(value)

    def readable(self, value: Any, *, files: Sequence[str] = ()) -> list[str]:
        """
        Return the value of an answer as plain lines or paragraphs, in the active language.

        `files` are what a file question's files are called, in order. Empty where nothing was
        answered. A value that does not fit the question is shown as it is, never dropped and never
        an error: answers outlive what was asked.
        """
        if is_empty(value):
            return []
        lines = list(files) if self.has_files else self.lines(value)
        return as_it_is(value) if lines is None else lines

    def lines(self, value: Any) -> list[str] | None:
        """Return the lines of a value that is not empty; None where it does not fit."""
        return None

    # -- on paper ----------------------------------------------------------------------------------

    @property
    def paper_note(self) -> str:
        """Say why there is no place for an answer on paper; "" where there is one."""
        return (
            "" if self.is_on_paper else _("This cannot be answered on paper, only on the portal.")
        )

    @property
    def paper_problem(self) -> str:
        """Return what the sender of a form is told of its answer, which cannot be in the form."""
        return self.paper_note

    @property
    def handwriting(self) -> int:
        """Return how many lines to leave for writing by hand."""
        return 1

    def lettered(self) -> list[Lettered]:
        """List what is offered on paper, each with its letter."""
        return []

    def paper_lines(self) -> list[str]:
        """List the lines between its marks in the plain-text form, before anybody wrote there."""
        return [str(option) for option in self.lettered()]

    def read_paper(self, lines: Sequence[str]) -> Any:
        """
        Return the value of what was written between its marks; None where nothing was.

        Raises ValidationError where that has no certain meaning.
        """
        return self.clean(clean_line(" ".join(lines)))

    def paper_problems(self, lines: Sequence[str]) -> list[str]:
        """List what of the lines `read_paper` left out, where the rest of them is an answer."""
        return []

    def read_pdf(self, fields: Mapping[str, str], name: str) -> list[str]:
        """Return the lines for `read_paper` from the PDF's fields, whose names are `sheet`'s."""
        return typed_lines(fields, name)

    # -- in publication ----------------------------------------------------------------------------

    def own_words(self, value: Any) -> str:
        """Return the writer's own words in a value, which can be redacted and translated."""
        return value if self.is_text and isinstance(value, str) else ""

    def with_words(self, value: Any, words: str) -> Any:
        """Return the value with other words, or none, for the writer's own."""
        return words

    def tally_keys(self, value: Any) -> Iterable[Any]:
        """Return those of `tally_labels` that a value counts for, each once."""
        return ()

    def tally_labels(self) -> list[tuple[Any, str]]:
        """List what is counted, in order, with its words; nothing where answers are not counted."""
        return []

    def exported_keys(self, value: Any) -> Any:
        """
        Return the keys of what was chosen, as JSON takes them; None where nothing is chosen from.

        A list in the order of the answer, or for a matrix the column's key by the row's. Words may
        be corrected and translated; keys stay.
        """
        return [*self.tally_keys(value)] or None

    # -- in conditions -----------------------------------------------------------------------------

    def condition_options(self) -> list[Option]:
        """List what a condition may name, in order; empty where none can rest on this kind."""
        return []

    def keys_given(self, value: Any) -> frozenset[str]:
        """Return those of `condition_options` that a value gives."""
        return frozenset()

    # -- files -------------------------------------------------------------------------------------

    def file_ids(self, value: Any) -> list[str]:
        """Return the ids of stored files in a value."""
        return [str(each) for each in value] if self.has_files and isinstance(value, list) else []


def is_empty(value: Any) -> bool:
    """Say whether a value says nothing; no and nought say something."""
    return value is None or value in ("", [], {})


def as_it_is(value: Any) -> list[str]:
    """Return a value that no kind explains, by paragraphs."""
    return [text.strip() for text in PARAGRAPHS.split(str(value)) if text.strip()]


def _labels(values: Any) -> Iterable[Option]:
    for child in getattr(values, "bound_blocks", ()):
        yield Option(child.id, child.value or "")


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)
