"""Every sentence that this room says to people: why a file is refused, what was taken out of it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from portal.files.kinds import KINDS

# What a refused file turned out to hold; keys as `cleaning.sniffing` names them.
FOUND: dict[str, str | Promise] = {
    **{kind.key: kind.label for kind in KINDS.values()},
    "program": _("program"),
    "script": _("script"),
    "zip": _("ZIP archive"),
    "archive": _("packed archive"),
    "web-page": _("web page"),
    "svg": _("SVG drawing"),
    "xml": _("XML file"),
    "rtf": _("RTF document"),
    "old-office": _("document of an older version of Office (.doc, .xls or .ppt)"),
    "presentation": _("presentation"),
    "spreadsheet": _("OpenDocument spreadsheet"),
    "office": _("document of another kind"),
    "e-book": _("e-book"),
    "picture": _("picture of another kind (GIF, TIFF, WebP, BMP)"),
    "heic": _("HEIC photo"),
    "postscript": _("PostScript file"),
    "media": _("sound or video recording"),
    "e-mail": _("e-mail message"),
    "disk-image": _("disk image"),
    "shortcut": _("shortcut to another file"),
    "database": _("database"),
    "nothing": _("file that the portal does not know"),
    # Of what documents are made
    "chart": _("chart"),
    "diagram": _("diagram (SmartArt)"),
    "object": _("part that another program made"),
    "control": _("form control"),
    "field": _("field that only Word can work out"),
    "wide-table": _("table with more than 256 columns"),
}

TAKEN = _(
    "You can attach PDF, Word (.docx), OpenDocument text (.odt), Excel (.xlsx), JPEG, PNG, plain"
    " text or CSV."
)
SAVE_AGAIN = _("Open it in the program you made it with, save a new copy, and attach that.")

# A code, and what to do about it. `%(…)s` are filled by `refusal_message`.
REFUSALS: dict[str, str | Promise] = {
    "empty": _("This file is empty. Attach the one that you meant."),
    "too-large": _("This file is larger than %(limit)s. Attach a smaller one, or split it."),
    "kind": _("This file holds a %(found)s, which cannot be attached. %(taken)s"),
    "kind-here": _(
        "This file holds a %(found)s, which cannot be attached here. You can attach: %(kinds)s."
    ),
    "disguised": _(
        "This file is called .%(extension)s but holds a %(found)s. Give it the name of what it is"
        " and attach it again."
    ),
    "name": _("This file's name has signs in it that hide what it is. Give it a plain name."),
    "polyglot": _(
        "This file is two kinds of file in one (%(found)s and %(other)s), as harmful files are."
        " %(save_again)s"
    ),
    "damaged": _("This file is damaged or incomplete: not all of it can be read. %(save_again)s"),
    "encrypted": _("This file is protected by a password or encrypted. Attach a copy that is not."),
    "macros": _("This document holds macros, which are programs. Save a copy without macros."),
    "scripts": _("This PDF runs scripts or programs. Print it to a new PDF and attach that."),
    "active": _(
        "This document holds content that acts by itself: controls, links to running programs, or"
        " commands. Save a copy without it, or as a PDF."
    ),
    "formulas": _(
        "This table has cells that a spreadsheet would run as formulas (row %(row)d). Save it with"
        " the values alone."
    ),
    "embedded": _(
        "There is another file inside this one. Take it out, or attach it by itself if it is of a"
        " kind that can be attached."
    ),
    "not-alike": _(
        "The copy that we made of this file does not look like the file. Print it to a new PDF and"
        " attach that."
    ),
    "documents-unavailable": _(
        "Word and OpenDocument texts cannot be taken here: a part of the portal is not installed."
        " Save the document as a PDF and attach that."
    ),
    "not-rebuilt": _(
        "This document holds a %(found)s, which cannot be kept. Save the document as a PDF and"
        " attach that."
    ),
    "inserted": _(
        "A page that another program made was put into this document as it is. Open the document in"
        " Word, save it again, and attach that; or save it as a PDF."
    ),
    "picture-kind": _(
        "Picture %(number)d of this document is of a kind that cannot be drawn here (%(format)s)."
        " Save the document as a PDF and attach that, or put the picture in again as PNG or JPEG."
    ),
    "picture-damaged": _(
        "Picture %(number)d of this document cannot be read. Save the document as a PDF and attach"
        " that, or put the picture in again."
    ),
    "picture-elsewhere": _(
        "A picture of this document is not inside it. Put it in again, or save the document as a"
        " PDF and attach that."
    ),
    "words-lost": _(
        "Not every word of this document could be kept. Save it as a PDF and attach that."
    ),
    "forms": _("This PDF holds an XFA form. Print it to a new PDF and attach that."),
    "bomb": _("This file would unpack to far more than it looks like. %(save_again)s"),
    "archive-entries": _("This document is made of too many parts. Save a copy as a PDF."),
    "archive-names": _("Parts of this document have unsafe names. %(save_again)s"),
    "archive-overlap": _("Parts of this document overlap, as harmful files do. %(save_again)s"),
    "archive-method": _("This document is packed in an unusual way. %(save_again)s"),
    "xml-declarations": _(
        "This document defines words of its own in its XML, which harmful files use to grow without"
        " end. %(save_again)s"
    ),
    "xml-depth": _("This document is nested too deeply. Save a copy as a PDF."),
    "xml-size": _("This document has too many elements. Save a copy as a PDF, or split it."),
    "pixels": _(
        "A picture here has more than %(megapixels)d million pixels. Attach a smaller version."
    ),
    "frames": _("This moving picture has more than %(frames)d frames. Attach a still picture."),
    "pdf-objects": _("This PDF has too many parts. Print it to a new PDF, or split it."),
    "pdf-pages": _("This PDF has more than %(pages)d pages. Split it."),
    "pdf-page-size": _("A page of this PDF is larger than five metres. Print it to a smaller one."),
    "not-utf-8": _("This text is not in UTF-8. Save it as UTF-8 (in Excel: “CSV UTF-8”)."),
    "control-characters": _(
        "This text has signs in it that are not text (line %(line)d). Remove them, or attach the"
        " document it came from."
    ),
    "too-costly": _(
        "Checking this file takes more time or memory than one file may. Attach a simpler or"
        " smaller version."
    ),
    "infected": _("The virus scanner found harmful software in this file. It has been deleted."),
}

# What was taken out of a file.
REMOVED: dict[str, str | Promise] = {
    "properties": _("Author, title, dates and other details of the document"),
    "authors": _("Names and times of those who commented or changed the text"),
    "history": _("Earlier versions and traces of editing"),
    "thumbnail": _("Preview picture"),
    "paths": _("Names of files and folders of the computer it was made on"),
    "printer": _("Printer settings"),
    "template": _("Link to the template"),
    "links": _("Links to files elsewhere that open by themselves"),
    "custom": _("Data that other programs attached"),
    "signatures": _("Digital signatures, which name the signer"),
    "camera": _("Camera, place and time of pictures"),
    "comments": _("Hidden text in pictures"),
    "appended": _("Data hidden behind the end"),
    "chart-data": _("Workbooks behind charts"),
    "identifiers": _("Numbers that identify the document or the program it was made with"),
    "orientation": _("Orientation mark: the picture itself was turned"),
    "variants": _("Second versions of pictures"),
}

# What became of a file, in sentences for whoever sent it.
NOTES: dict[str, str | Promise] = {
    **{code: format_lazy(_("We removed: {what}."), what=what) for code, what in REMOVED.items()},
    "picture": _(
        "Words in this picture cannot be read out or searched. Say in your answer what it shows."
    ),
    "first-frame": _("Of this moving picture the first frame was kept."),
    "scaled-down": _("The picture was made smaller."),
    "layout": _(
        "Of this document we kept the words, lists, tables, notes and pictures. Fonts, colours,"
        " columns and the look of its pages are gone, and lines and bullets may be written"
        " otherwise."
    ),
    "edges": _("What stands at the top and foot of its pages is there once, first and last."),
    "changes": _("Tracked changes were accepted: what was deleted is gone."),
    "comments-out": _("Comments were left out."),
    "hidden": _("Hidden words, tiny words and words in the colour of paper were left out."),
    "links-beside": _(
        "Links are text: behind their words stands the address, without what follows “?” or “#”."
    ),
    "drawings": _("Drawn lines, arrows and areas were left out."),
    "formulas": _("Formulas were written in one line."),
    "symbols": _("Signs of a special font that we do not know were written as □."),
    "letters": _(
        "Some letters have no font here and are shown as boxes. They are in the text that is read"
        " out and searched."
    ),
    "made-grey": _(
        "This looks like a photograph of paper, so it was made grey and clean: colour can tell"
        " which printer a sheet came from."
    ),
}

# What a page says beside a file field: what is removed, and what cannot be.
REMAINS = _(
    "We remove what a file says about its author, its history, and where and when it was made."
    " What remains is the content itself: names written in the text or in comments, visible faces"
    " and places, handwriting, letterheads, file names in a footer, links, and a way of writing"
    " that others may know. Look through the file before you attach it."
)


def refusal_message(code: str, parameters: Mapping[str, str | int]) -> str:
    """The sentence for a refusal, in the language of now; an unknown code says "damaged"."""
    values: dict[str, object] = {"taken": TAKEN, "save_again": SAVE_AGAIN, **parameters}
    for key in ("found", "other"):
        if key in values:
            values[key] = FOUND.get(str(values[key]), FOUND["nothing"])
    if "kinds" in values:
        keys = str(values["kinds"]).split(",")
        values["kinds"] = ", ".join(str(KINDS[key].label) for key in keys)
    return str(REFUSALS.get(code, REFUSALS["damaged"])) % values
