"""
Form fields for questions: texts, numbers, dates, files. Those to choose from: `part_choices`.

A field holds three shapes of an answer: what a browser sends (several controls where the kind needs
them), what was typed (`read`, redisplayed as it is), and the value that is kept (`clean`; shapes in
`questionnaires.schema`). `fill` goes from the value back to what was typed.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.questionnaires.schema import Limit, Question, Unit
from consultations.questionnaires.text import clean_line, clean_text, over, written
from consultations.questionnaires.values import read_date, read_number
from portal.files.messages import REMAINS

# What fits where a question sets no limit of its own, and what a word may weigh where it does.
LINE_CEILING = 1_000
TEXT_CEILING = 50_000
CHARACTERS_A_WORD = 40
FILES_CEILING = 10


class Controls(forms.Widget):
    """Reads what a question's controls sent; drawn by `components/question.html`."""

    def __init__(self, read: Callable[[Mapping[str, Any], Mapping[str, Any], str], Any]) -> None:
        super().__init__()
        self.read = read

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> Any:
        return self.read(data, files, name)


def one(data: Mapping[str, Any], name: str) -> str:
    """The text that was sent under a name, cleaned; empty where none was."""
    value = data.get(name)
    return clean_text(value) if isinstance(value, str) else ""


def many(data: Mapping[str, Any], name: str) -> list[Any]:
    """All that was sent under a name, from a query dict or a plain one."""
    if hasattr(data, "getlist"):
        return data.getlist(name)
    value = data.get(name, [])
    return list(value) if isinstance(value, (list, tuple)) else [value]


class AnswerField(forms.Field):
    """
    The answer to one question; left empty it is None, which is no error while a draft is written.

    `error_prefix` leads its messages where they stand away from the question.
    """

    def __init__(self, question: Question) -> None:
        super().__init__(
            required=False,
            label=question.text,
            help_text=question.help,
            widget=Controls(self.read),
        )
        self.question = question
        self.error_prefix = _("Question %(number)s:") % {"number": question.number}

    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> Any:
        """What was typed, from what a browser sent."""
        return one(data, name)

    def fill(self, value: Any) -> Any:
        """What to show as typed, for a value that was kept."""
        return value if isinstance(value, str) else ""

    def clean(self, value: Any) -> Any:
        """The value of what was typed, None where nothing was. Raises ValidationError."""
        raise NotImplementedError


def check_length(text: str, limit: Limit) -> None:
    """Raises ValidationError that says by how much a text is too long."""
    if not (extra := over(text, limit)):
        return
    if limit.unit == Unit.WORDS:
        message = ngettext(
            "Your answer is %(over)s word too long. At most %(limit)s fit.",
            "Your answer is %(over)s words too long. At most %(limit)s fit.",
            extra,
        )
    else:
        message = ngettext(
            "Your answer is %(over)s character too long. At most %(limit)s fit.",
            "Your answer is %(over)s characters too long. At most %(limit)s fit.",
            extra,
        )
    raise ValidationError(message % {"over": written(extra), "limit": written(limit.maximum)})


class LongTextField(AnswerField):
    ceiling: ClassVar[int] = TEXT_CEILING

    def clean(self, value: str) -> str | None:
        if limit := self.question.limit:
            check_length(value, limit)
            weight = CHARACTERS_A_WORD if limit.unit == Unit.WORDS else 1
            check_length(value, Limit(limit.maximum * weight, Unit.CHARACTERS))
        else:
            check_length(value, Limit(self.ceiling, Unit.CHARACTERS))
        return value or None


class ShortTextField(LongTextField):
    ceiling = LINE_CEILING

    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> str:
        return clean_line(one(data, name))


class NumberField(AnswerField):
    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> str:
        return clean_line(one(data, name))

    def clean(self, value: str) -> str | None:
        return read_number(value, self.question.minimum, self.question.maximum) if value else None


class DateField(AnswerField):
    PARTS = ("day", "month", "year")

    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> dict[str, str]:
        return {part: clean_line(one(data, f"{name}-{part}")) for part in self.PARTS}

    def fill(self, value: Any) -> dict[str, str]:
        parts = value.split("-") if isinstance(value, str) else []
        year, month, day = parts if len(parts) == 3 else ("", "", "")
        return {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}

    def clean(self, value: Mapping[str, str]) -> str | None:
        return read_date(value) if any(value.values()) else None


class FileField(AnswerField):
    """
    Files that are added, and those already there that are to go.

    `notice` says, in sentences, what becomes of a file and what it may still tell of its author.
    `already` are the ids there now, as text: what a browser sends never names a file of another.
    The value is what is left of them; what is added comes in through `intake.take_in_files`.
    """

    notice: ClassVar = REMAINS

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self.widget.needs_multipart_form = True
        self.already: list[str] = []
        self.maximum = min(int(question.maximum or FILES_CEILING), FILES_CEILING)

    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> dict[str, Any]:
        uploads = [each for each in many(files, name) if hasattr(each, "chunks")]
        return {
            "uploads": uploads,
            "remove": many(data, f"{name}-remove"),
            "keep_colour": bool(one(data, f"{name}-colour")),
        }

    def fill(self, value: Any) -> dict[str, Any]:
        return {"uploads": [], "remove": [], "keep_colour": False}

    def clean(self, value: Mapping[str, Any]) -> list[str] | None:
        left = [each for each in self.already if each not in value["remove"]]
        if (count := len(left) + len(value["uploads"])) > self.maximum:
            message = ngettext(
                "At most %(maximum)s file fits here; with these it would be %(count)s."
                " None was added.",
                "At most %(maximum)s files fit here; with these it would be %(count)s."
                " None was added.",
                self.maximum,
            )
            raise ValidationError(message % {"maximum": self.maximum, "count": count})
        return left or None
