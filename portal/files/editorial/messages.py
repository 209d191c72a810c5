"""Every sentence about an editor's file: why it is refused, what was taken out, what is left."""

from collections.abc import Iterable
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.files.errors import FileRefused

REFUSALS: dict[str, str | Promise] = {
    "too-large": _("This file is larger than 20 MB. Upload a smaller one, or split it."),
    "infected": _("The virus scanner found harmful software in this file. It was not kept."),
    "unscanned": _(
        "The virus scanner does not answer, so the file was not kept. Try again in a few minutes."
    ),
    "unrecognised": _(
        "The portal cannot read what is in this file as a .%(extension)s. Open it in the program "
        "it was made with, save a new copy, and upload that. A text must be saved as UTF-8."
    ),
    "disguised": _(
        "This file is called .%(extension)s, but what is in it is a .%(found)s. Rename it to what "
        "it is and upload it again."
    ),
    "damaged": _(
        "This file is damaged: not all of it can be read. Open it in the program it was made with,"
        " save a new copy, and upload that."
    ),
    "too-costly": _(
        "Reading this file takes more time or memory than one file may. Upload a simpler or smaller"
        " version."
    ),
    "password": _("This file opens only with a password. Upload a copy without one."),
    "signed": _(
        "This file is signed, and its signature names the signer and ends with any change. Upload a"
        " copy that is not signed."
    ),
    "macros": _("This file has macros or controls (programs). Save a copy without them."),
    "embedded": _("There is another file inside this one. Take it out, and upload it by itself."),
    "media": _("There is sound or video inside this file. Take it out."),
    "versions": _("This file holds earlier versions of itself. Delete them, and save it again."),
    "xfa": _("This form opens in one program only (XFA). Print it to a new PDF and upload that."),
    "fetching": _(
        "This file loads something from elsewhere when it is opened (%(target)s). This tells "
        "others who reads it. Put it into the file itself, or take it out."
    ),
    "pixels": _("This picture has more than %(most)s million pixels. Upload a smaller version."),
}
REMOVED: dict[str, str | Promise] = {
    "properties": _("properties: author, organisation, subject, dates, programs"),
    "authors": _("names and times of those who commented or changed it"),
    "history": _("traces of earlier versions, preview pictures"),
    "paths": _("names of folders, files and printers"),
    "scripts": _("scripts, and links that open other files or programs by themselves"),
    "camera": _("camera, place and time of pictures"),
}
# In this order.
LEFT: dict[str, str | Promise] = {
    "title": _("Title in the file’s properties"),
    "comments": _("Comments (their authors were removed)"),
    "changes": _("Tracked changes (their authors were removed)"),
    "hidden": _("Hidden sheets, slides, rows or text, and data behind tables and charts"),
    "notes": _("Speaker’s notes"),
    "layers": _("Layers that can be shown or hidden"),
    "fields": _("Fields that may show a name"),
    "filled": _("Form fields that are filled in"),
    "elsewhere": _("Refers to files or services elsewhere"),
    "links": _("Links"),
    "descriptions": _("Descriptions of pictures"),
    "unread": _("Drawings whose insides were not examined"),
    "unknown": _("Parts that the portal does not know"),
    "other": _("Other texts in the file"),
}


def refusal(code: str, **parameters: str) -> FileRefused:
    return FileRefused(code, str(REFUSALS[code]) % parameters)


def grouped(left: Iterable[tuple[str, str]]) -> list[tuple[str | Promise, list[str]]]:
    """Group what is left by kind: a heading and the texts found, e.g. ("Links", ["https://…"])."""
    order = list(LEFT)
    found = sorted(left, key=lambda each: order.index(each[0]))
    groups = groupby(found, key=lambda each: each[0])
    return [(LEFT[code], [text for _, text in group]) for code, group in groups]
