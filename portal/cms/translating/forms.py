"""What a translator types: words beside each of the original's."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.cms.texts.faults import cleaned, faults
from portal.cms.texts.progress import Row
from portal.cms.texts.segments import Segment
from portal.languages import easy_words
from portal.taxonomy.languages import direction_of
from portal.web.forms import Form

STILL, READ = "still.", "read."


class WordsForm(Form):
    """
    A field for each text, named by its key; a box where it is old, or a machine's.

    `language` may be the tag of easy words.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, rows: list[Row], language: str, version: int) -> None:
        super().__init__(data, initial={"version": version})
        self.rows_by_key, self.current_version = {row.segment.key: row for row in rows}, version
        self.language = language
        for key, row in self.rows_by_key.items():
            marks = {
                "rows": min(12, 1 + len(row.segment.text) // 70),
                "lang": easy_words.language_of(language),
                "dir": direction_of(easy_words.language_of(language)),
                "aria-describedby": f"id_{key}-original",
            }
            self.fields[key] = forms.CharField(
                label=row.name,
                required=False,
                initial=row.words,
                widget=forms.Textarea(attrs=marks),
            )
            if row.is_old:
                self.fields[STILL + key] = forms.BooleanField(
                    label=_("The original has changed; this is still right"), required=False
                )
            if row.is_machine:
                self.fields[READ + key] = forms.BooleanField(
                    label=_("Machine translation, not reviewed. I have read it, and it is right"),
                    required=False,
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for key, row in self.rows_by_key.items():
            if found := list(self._faults(row.segment, data.get(key, ""))):
                self.add_error(key, [*found])
        if data.get("version") != self.current_version:
            self.data = {**self.data.dict(), "version": self.current_version}  # type: ignore[attr-defined]
            raise ValidationError(
                _(
                    "Somebody has saved other words meanwhile. What you typed stands below; save "
                    "again to replace theirs."
                )
            )
        return data

    def _faults(self, segment: Segment, typed: str) -> Iterator[str]:
        are_easy = easy_words.is_tag(self.language)
        return faults(segment, cleaned(segment, typed), are_easy=are_easy)

    def words(self) -> dict[str, str]:
        """Return what was typed, by key."""
        return {key: self.cleaned_data[key] for key in self.rows_by_key}

    def ticked(self, prefix: str) -> list[str]:
        """Return the keys of the texts of which a box is ticked."""
        return [key for key in self.rows_by_key if self.cleaned_data.get(prefix + key)]

    def rows(self) -> list[dict[str, Any]]:
        """List each text of the original with its fields."""
        return [
            {
                "segment": row.segment,
                "field": self[key],
                "boxes": [self[each + key] for each in (STILL, READ) if each + key in self.fields],
            }
            for key, row in self.rows_by_key.items()
        ]


class FileForm(Form):
    """A file that comes back from a translator."""

    file = forms.FileField(
        label=_("A translated file"),
        help_text=_("The PO file from this page, with the translations in it."),
        widget=forms.FileInput(attrs={"accept": ".po"}),
    )


class PageFileForm(FileForm):
    """A file that comes back from a translator, or from a machine."""

    from_machine = forms.BooleanField(
        label=_("A machine translated it"),
        required=False,
        help_text=_(
            "Its texts are marked “machine translation, not reviewed”. The page is not published "
            "before somebody has read each."
        ),
    )
