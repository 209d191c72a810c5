"""The form that asks for a pack: which guides, and what somebody has already."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from knowledge.packs.page_context import Shelf
from knowledge.packs.schema import (
    LONGEST_MANIFEST,
    MOST_BYTES,
    MOST_GUIDES,
    UnreadableError,
    read_manifest,
)
from portal.web.forms import Form


class TakeAlongForm(Form):
    """
    Guides by their keys, and the manifest of an older pack.

    `cleaned_data["rows"]` are the guides, `cleaned_data["old"]` the SHA-256 of files by path, None
    where no manifest was handed in. Without a guide ticked those of the manifest are meant.
    """

    guide = forms.MultipleChoiceField(
        label=_("Guides"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _(
                "One of these guides is not published any more. Look at the list and send it again."
            )
        },
    )
    manifest = forms.FileField(
        label=_("You have an older pack? Choose its file manifest.json"),
        help_text=_(
            "Then the new pack holds only what changed, and a list of what left. Without a tick "
            "above, it holds the guides of the older pack. The file is read, but not kept."
        ),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )

    def __init__(self, *args: Any, shelf: Shelf, **options: Any) -> None:
        super().__init__(*args, **options)
        self.shelf = shelf
        self.fields["guide"].choices = [(row.key, row.title) for row in shelf.rows]  # type: ignore[attr-defined]

    def clean_manifest(self) -> dict[str, str] | None:
        upload = self.cleaned_data["manifest"]
        if upload is None:
            return None
        if upload.size > LONGEST_MANIFEST:
            raise forms.ValidationError(_("This file is far too large to be a manifest.json."))
        try:
            return read_manifest(upload.read())
        except UnreadableError as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        cleaned["old"] = cleaned["manifest"]
        keys = cleaned["guide"] or self._guides_of(cleaned["old"] or {})
        cleaned["rows"] = self.shelf.found(keys)
        if wrong := self._wrong(cleaned["rows"], bool(cleaned["old"])):
            self.add_error("guide", wrong)
        return cleaned

    def _guides_of(self, old: dict[str, str]) -> list[str]:
        """Return the keys of the guides that an older pack holds and that are still there."""
        folders = {path.rpartition("/")[0] for path in old}
        return [row.key for row in self.shelf.rows if row.key in folders]

    def _wrong(self, rows: list[Any], has_old: bool) -> str:
        if not rows:
            return str(
                _("None of the guides of the older pack is published any more. Tick others.")
                if has_old
                else _("Tick at least one guide.")
            )
        if len(rows) > MOST_GUIDES:
            told = ngettext(
                "A pack holds at most %(count)d guide. Make several packs.",
                "A pack holds at most %(count)d guides. Make several packs.",
                MOST_GUIDES,
            )
            return told % {"count": MOST_GUIDES}
        if sum(row.size or 0 for row in rows) > MOST_BYTES:
            size = {"size": MOST_BYTES // 1_000_000}
            return str(_("A pack holds at most %(size)d MB. Make several packs.") % size)
        return ""
