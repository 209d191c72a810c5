"""What an author ticks of a file that readers are not to have."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.questionnaires.types.file import File
from portal.files.messages import said_of_taken
from portal.files.passages import ALL, Cuts, Passage, is_out
from portal.files.sandbox import limits
from portal.web.forms import Form

ON_A_PAGE = 50


class LeaveOutForm(Form):
    """
    The whole file, or passages: those of one page of the form, `listed` by their numbers from 1.

    `before` is what is left out now. What is left out on other pages of the form stays so.
    """

    whole = forms.BooleanField(
        label=_("Leave the whole file out"),
        help_text=_("The file is then not published, and nobody is told that there was one."),
        required=False,
    )
    out = forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        error_messages={"invalid_choice": _("Tick passages of this page only: it has changed.")},
    )

    def __init__(
        self, *args: Any, passages: list[Passage], page: int, before: Cuts, **kwargs: Any
    ) -> None:
        self.first = (page - 1) * ON_A_PAGE
        here = passages[self.first : self.first + ON_A_PAGE]
        self.listed = dict(enumerate(here, self.first + 1))
        self.following = passages[self.first + ON_A_PAGE :][:1]
        self.before = before
        kwargs["initial"] = {
            "whole": before == ALL,
            "out": [n for n, each in self.listed.items() if before != ALL and is_out(each, before)],
        }
        super().__init__(*args, **kwargs)
        out = self.fields["out"]
        assert isinstance(out, forms.TypedMultipleChoiceField)
        out.choices = [(number, each.text) for number, each in self.listed.items()]

    @property
    def ticked(self) -> set[int]:
        """Return the numbers that the page shows as ticked."""
        return {int(each) for each in self["out"].value() or () if str(each).isdecimal()}

    def cuts(self) -> Cuts:
        """Return what is to be left out from now on, of a form that is right."""
        if self.cleaned_data["whole"]:
            return ALL
        before = [] if isinstance(self.before, str) else self.before
        ticked = [self.listed[number] for number in self.cleaned_data["out"]]
        return [*self._elsewhere(before), *([each.start, each.end] for each in ticked)]

    def _elsewhere(self, before: list[list[int]]) -> list[list[int]]:
        """Return what is left out before and after the passages of this page."""
        if not self.listed:
            return before
        begins = next(iter(self.listed.values())).start
        ends = self.following[0].start if self.following else None
        kept = [[start, min(end, begins)] for start, end in before if start < begins]
        if ends is not None:
            kept += [[max(start, ends), end] for start, end in before if end > ends]
        return kept


class AnotherFileForm(Form):
    """A file in the place of one that could not be taken."""

    file = forms.FileField(
        label=_("Choose a file"),
        widget=forms.FileInput(attrs={"accept": File.accept}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
    )
    colour = forms.BooleanField(
        label=_("Keep the colours of scans and photographs of paper"),
        help_text=_(
            "Without this, we make them grey and clean. A printer's marks then do not show."
        ),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = said_of_taken(limits().file_bytes)
