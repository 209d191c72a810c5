"""Takes in the files that come with a part of an answer."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.responses.access.allowances import BYTES, counted_as, take_bytes
from consultations.responses.forms.part import PartForm, field_name
from consultations.responses.models import Draft
from portal.files.errors import FileRefused
from portal.files.intake import receive
from portal.files.models import StoredFile
from portal.text import clean_line

NAME_SHOWN = 80


def take_in_files(form: PartForm, draft: Draft, request: HttpRequest) -> dict[str, int]:
    """
    Receive what was uploaded with a bound form and add it to its answers: it is checked later.

    A file that is refused at once becomes an error beside its question, by the name that its owner
    knows; those that came with it are kept: returns how many, by the name of the field, for
    `say_what_was_added` once they are saved. Call it before a transaction begins.
    """
    added: dict[str, int] = {}
    who, turn = counted_as(request, draft), str(draft.submission_key)
    for question, uploads, keep_colour in form.uploads():
        for upload in uploads:
            try:
                stored = receive_file(upload, request, who, turn, keep_colour=keep_colour)
            except FileRefused as refusal:
                form.add_error(field_name(question), not_added(upload, refusal))
            else:
                form.file_ids[question.id].append(str(stored.id))
                name = field_name(question)
                added[name] = added.get(name, 0) + 1
    return added


def say_what_was_added(form: PartForm, added: dict[str, int]) -> None:
    """Say beside a file that was refused that those which came with it were added."""
    for name, count in added.items():
        if name in form.errors:
            told = ngettext(
                "The other file was added.", "The other %(count)d files were added.", count
            )
            form.add_error(name, told % {"count": count})


def receive_file(
    upload: UploadedFile, request: HttpRequest, who: str, turn: str, *, keep_colour: bool
) -> StoredFile:
    """
    Receive a file, within what its client may have; it is checked in its turn.

    `who` is whose it counts as (`allowances.counted_as`), `turn` whose turn of theirs it takes.
    Raises FileRefused.
    """
    size = upload.size or 0
    take_bytes(request, who, size)

    def kept(left: int) -> None:
        BYTES.give_back(who, size - left)

    try:
        return receive(upload, by=(who, turn), keep_colour=keep_colour, kept=kept)
    except FileRefused:
        kept(0)
        raise


def not_added(upload: Any, refusal: FileRefused) -> str:
    """Write what somebody reads whose file was refused at once."""
    name = clean_line(upload.name or "")[:NAME_SHOWN]
    return _("“%(file)s” was not added. %(reason)s") % {"file": name, "reason": refusal}
