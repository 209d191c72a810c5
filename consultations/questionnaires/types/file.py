"""Documents and pictures."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import blocks

from consultations.questionnaires.text import many, one
from consultations.questionnaires.types.base import Question, Sample
from portal.files.messages import REMAINS, said_of_taken
from portal.files.rebuilding.dispatch import PROMISES
from portal.files.sandbox import limits

MOST_FILES = 10


class File(Question):
    """
    Keeps the ids of stored files.

    What a browser sends names files that are already there and are to go, never one of another;
    what is added comes in through `responses.forms.intake.take_in_files`.
    """

    kind = "file"
    label = gettext_lazy("Files")
    description = gettext_lazy("Documents or pictures that support the answers.")
    icon = "upload"
    group = gettext_lazy("Facts")
    sample: ClassVar = {"text": "Is there a document that we should read?", "maximum": 3}
    samples: ClassVar = [Sample(["00000000-0000-4000-8000-000000000001"])]
    has_files = True
    is_on_paper = False

    # What becomes of a file and what it may still tell of its author, in sentences.
    notice: ClassVar = REMAINS

    @classmethod
    def blocks(cls) -> list[tuple[str, blocks.Block]]:
        most = blocks.IntegerBlock(
            label=gettext_lazy("Most files"),
            default=3,
            min_value=1,
            max_value=MOST_FILES,
            validators=[MinValueValidator(1)],
        )
        return [("maximum", most)]

    # What a browser offers first in its list of files; others can still be chosen and are refused.
    accept: ClassVar = ",".join(f".{name}" for names in PROMISES.values() for name in names.split())

    @property
    def taken(self) -> str:
        """Return which files are taken and how large, as a refusal says it."""
        return said_of_taken(limits().file_bytes)

    @property
    def most(self) -> int:
        return min(int(self.maximum or MOST_FILES), MOST_FILES)

    def read(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> dict[str, Any]:
        return {
            "uploads": [each for each in many(files, name) if hasattr(each, "chunks")],
            "remove": many(data, f"{name}-remove"),
            "keep_colour": bool(one(data, f"{name}-colour")),
        }

    def fill(self, value: Any) -> dict[str, Any]:
        return {"uploads": [], "remove": [], "keep_colour": False}

    def clean(self, typed: Mapping[str, Any], before: Any = None) -> list[str] | None:
        """Return what is left of the files that were there."""
        left = [each for each in self.file_ids(before) if each not in typed["remove"]]
        if (count := len(left) + len(typed["uploads"])) > self.most:
            message = ngettext(
                "At most %(maximum)s file fits here; with these it would be %(count)s."
                " None was added.",
                "At most %(maximum)s files fit here; with these it would be %(count)s."
                " None was added.",
                self.most,
            )
            raise ValidationError(message % {"maximum": self.most, "count": count})
        return left or None

    def sent(self, name: str, value: Any) -> dict[str, list[str]]:
        return {}

    def as_written(self, name: str, written: str) -> dict[str, list[str]]:
        return {}

    @property
    def rules(self) -> list[str]:
        told = ngettext("%(most)d file.", "At most %(most)d files.", self.most)
        return [told % {"most": self.most}]

    @property
    def paper_note(self) -> str:
        return _("Add the files when you send this form.")

    @property
    def paper_problem(self) -> str:
        """Return no problem: the files come with the form, or are added on the portal."""
        return ""

    def read_paper(self, lines: Sequence[str]) -> None:
        return None
