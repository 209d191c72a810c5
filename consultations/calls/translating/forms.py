"""What a translator types: words beside each of the original's."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationText
from consultations.calls.texts.faults import cleaned, faults
from consultations.calls.texts.segments import Segment
from portal.taxonomy.languages import direction_of
from portal.web.forms import Form

STILL = "still."


class TextForm(Form):
    """A field for each segment, named by its key, and a box where the original has changed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        text: ConsultationText,
        segments: list[Segment],
        places: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = text.version
        self.text, self.segments = text, {each.key: each for each in segments}
        for segment in segments:
            told = text.words.get(segment.key, {})
            rows = min(16, 2 + len(segment.text) // 50)
            marks = {
                "rows": rows,
                "lang": text.language,
                "dir": direction_of(text.language),
                "aria-describedby": f"id_{segment.key}-original",
            }
            self.fields[segment.key] = forms.CharField(
                label=places[segment.key],
                required=False,
                initial=told.get("text", ""),
                widget=forms.Textarea(attrs=marks),
            )
            if told and told["of"] != segment.digest:
                self.fields[STILL + segment.key] = forms.BooleanField(
                    label=_("The original has changed; this is still right"), required=False
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for key, segment in self.segments.items():
            if found := list(faults(segment, cleaned(segment, data.get(key, "")))):
                self.add_error(key, [*found])
        if data.get("version") != self.text.version:
            self.data = {**self.data.dict(), "version": self.text.version}  # type: ignore[attr-defined]
            raise ValidationError(
                _(
                    "Somebody has saved other words meanwhile. What you typed stands below; save "
                    "again to replace theirs."
                )
            )
        return data

    def words(self) -> dict[str, str]:
        """Return what was typed, by key."""
        return {key: self.cleaned_data[key] for key in self.segments}

    def still_right(self) -> tuple[str, ...]:
        """Return the keys of what is right though the original has changed."""
        return tuple(key for key in self.segments if self.cleaned_data.get(STILL + key))

    def rows(self) -> list[dict[str, Any]]:
        """List each segment with its fields."""
        return [
            {
                "segment": segment,
                "field": self[key],
                "still": self[STILL + key] if STILL + key in self.fields else None,
            }
            for key, segment in self.segments.items()
        ]


class ReasonForm(Form):
    """A reason why words change that people have answered."""

    reason = forms.CharField(
        label=_("Why words change that people have answered"),
        help_text=_(
            "Needed only once the consultation has opened and words of a question that are public "
            "in this language change. Write it in this language: it is published."
        ),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class FileForm(Form):
    """A file that comes back from a translator."""

    file = forms.FileField(
        label=_("A translated file"),
        help_text=_("The PO file from this page, with the translations in it."),
        widget=forms.FileInput(attrs={"accept": ".po"}),
    )
