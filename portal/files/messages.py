"""Every sentence that this room says to people: why a file is refused, what became of it."""

from collections.abc import Mapping

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.files.rebuilding.dispatch import OF_KIND, PROMISES

# The kinds that are taken, as `rebuilding.file_type` names them.
KINDS_TAKEN = frozenset({*PROMISES, *OF_KIND})

# What a refused file turned out to hold; keys as `rebuilding.file_type` names them.
FOUND: dict[str, str | Promise] = {
    # Translators: kinds of files, from here on, stand behind “what is in it is:”.
    "pdf": _("PDF"),
    "docx": _("Word document"),
    "odt": _("OpenDocument text"),
    "xlsx": _("Excel workbook"),
    "ods": _("OpenDocument spreadsheet"),
    "picture": _("picture"),
    "txt": _("plain text"),
    "csv": _("CSV table"),
    # Translators: an app that runs: we do not take it.
    "program": _("program"),
    "archive": _("packed archive (such as ZIP)"),
    "web-page": _("web page"),
    "svg": _("SVG drawing"),
    "xml": _("XML file"),
    "rtf": _("RTF document"),
    "old-office": _("document of an older version of Office (.doc, .xls or .ppt)"),
    "presentation": _("presentation"),
    "office": _("office document of another kind"),
    "postscript": _("PostScript file"),
    "media": _("sound or video recording"),
    "e-mail": _("e-mail message"),
    "shortcut": _("shortcut to another file"),
    "nothing": _("file of a kind that the portal does not know"),
    # Of what documents are made
    "chart": _("chart"),
    "diagram": _("diagram (SmartArt)"),
    "object": _("part that another program made"),
    "control": _("form control"),
    "field": _("field that only Word can work out"),
    "wide-table": _("table with more than 256 columns"),
}

# Translators: these stand in other messages, in the place of %(taken)s.
TAKEN = _(
    "You can attach PDF, Word (.docx), OpenDocument (.odt, .ods), Excel (.xlsx), pictures, plain "
    "text or CSV. If you can print something, you can also save it as a PDF."
)
# Translators: these stand in other messages, in the place of %(print_it)s.
PRINT_IT = _(
    "If it opens on your computer, print it to a PDF and attach that PDF. Or type the words that"
    " matter into your answer, which is safer than any file."
)

# A code, and what to do about it. `%(…)s` are filled by `refusal_message`.
REFUSALS: dict[str, str | Promise] = {
    "empty": _("This file is empty. Attach the one that you wanted to attach."),
    "too-large": _("This file is larger than %(limit)s. Attach a smaller one, or split it."),
    "kind": _("We cannot take what is in this file: %(found)s. %(taken)s"),
    "disguised": _(
        "This file is called .%(extension)s, but what is in it is: %(found)s. Rename it to what it "
        "is and attach it again."
    ),
    # The same, where renaming would not help.
    "disguised-untaken": _(
        "This file is called .%(extension)s, but what is in it is: %(found)s. We cannot take that. "
        "%(taken)s"
    ),
    "name": _("This file's name has signs in it that hide what the file is. Give it a plain name."),
    "damaged": _(
        "We cannot read this file to its end: some of it is missing or broken. %(print_it)s"
    ),
    "encrypted": _(
        "This file opens only with a password. Open it, print it to a PDF without a password, and"
        " attach that PDF."
    ),
    "forms": _(
        "This PDF is a form of a kind (XFA) whose pages can only be seen in some programs."
        " %(print_it)s"
    ),
    "bomb": _(
        "When unpacked, this document is larger than any that we take. Leave pictures out or make "
        "them smaller, or split it."
    ),
    "pixels": _(
        "A picture here has more than %(megapixels)d million pixels. Attach a smaller version."
    ),
    "cells": _(
        "This workbook has more than %(thousands)d thousand cells with something in them. Attach"
        " the part that matters, or save it as CSV."
    ),
    "pdf-pages": _("This PDF has more than %(pages)d pages. Split it."),
    "rebuilt-too-large": _(
        "The portal draws every page of a PDF again, and these pages together would take more than "
        "%(megabytes)d MB. Split it, or leave pictures out."
    ),
    "not-alike": _(
        "The copy that we made of this file does not look like the file, so we did not keep it."
        " %(print_it)s"
    ),
    "not-utf-8": _(
        "This text is not in UTF-8, so its letters cannot be read. Save it as UTF-8 (in Excel: "
        "“CSV UTF-8”)."
    ),
    "table": _("This table has lines that cannot be split into cells. Save it as CSV again."),
    "too-costly": _(
        "Reading this file took more time or memory than one file may. Split it, or attach a"
        " simpler version. %(print_it)s"
    ),
    "lost": _(
        "The portal was restarted before it had looked at this file, and cannot open it any more."
        " Attach it again."
    ),
    "no-room": _("There is no room for files at this moment. Try again in a few minutes."),
    "infected": _("The virus scanner found harmful software in this file. It has been deleted."),
    # Of Word and OpenDocument texts.
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
    "archive-entries": _("This document is made of too many parts. %(print_it)s"),
    "archive-method": _("This document is packed in an unusual way. %(print_it)s"),
    "xml-declarations": _("This document defines words of its own in its XML. %(print_it)s"),
    "xml-depth": _("This document is nested too deeply. %(print_it)s"),
    "xml-size": _("This document has too many elements. %(print_it)s"),
}

# What became of a file, in sentences for whoever sent it.
NOTES: dict[str, str | Promise] = {
    "drawn": _(
        "Its pages were drawn again, as they are seen. Links, bookmarks and fields do nothing any "
        "more."
    ),
    "scan": _(
        "It shows pictures of words only, as a scan does: they cannot be read out or searched. Say"
        " in your answer what matters in it."
    ),
    "some-scans": _(
        "Some of its pages show pictures of words only, which cannot be read out or searched. Say"
        " in your answer what matters on them."
    ),
    "hidden-words": _("Words that are in the file but cannot be seen on its pages were left out."),
    "attachments-left": _("Files that were attached inside it were left out."),
    "picture": _(
        "Words in this picture cannot be read out or searched. Say in your answer what it shows."
    ),
    "first-frame": _("We kept the first frame of this moving picture."),
    "scaled-down": _("The picture was made smaller."),
    "made-grey": _(
        "It looks like a scan or a photograph of paper, so it was made grey and clean: colour can"
        " tell which printer a sheet came from."
    ),
    "values-alone": _(
        "We kept the values of the cells, as formulas last showed them. We did not keep charts, "
        "pictures, comments, colours and forms of numbers (25% is 0.25)."
    ),
    "hidden-cells": _("Hidden sheets, rows and columns were left out."),
    "long-cells": _("Cells of more than 32,767 characters were cut there."),
    "unseen-characters": _("Characters that nobody sees were left out."),
    "formula-cells": _(
        "Cells that a spreadsheet would run as formulas now begin with an apostrophe."
    ),
    "layout": _(
        "We kept the words, lists, tables, notes and pictures of this document. Fonts, colours, "
        "columns and the look of its pages are gone; bullets and notes may be marked in another "
        "way. Page numbers in the text are still those of your document."
    ),
    "edges": _("The text at the top and foot of pages is there once, first and last."),
    "changes": _("Tracked changes were accepted: what was deleted is gone."),
    "comments-out": _("Comments were left out."),
    "hidden": _("Hidden words, tiny words and words in the colour of paper were left out."),
    "links-beside": _(
        "Links are text: after their words comes the address, without what follows “?” or “#”."
    ),
    "drawings": _("Drawn lines, arrows and areas were left out."),
    "formulas": _("Formulas were written in one line."),
    "left-out": _("These are the words of a file. Its author left passages out of it."),
    "symbols": _("Signs of a special font that we do not know were written as □."),
    "letters": _(
        "Some letters have no font here and are shown as boxes. They are in the text that is read"
        " out and searched."
    ),
}

# What a page says beside a file field, in three lines: what is done, what stays, what is better.
REMAINS = (
    _(
        "We make a new file from what can be seen in yours. Its author, history, place and time "
        "are left out, and so is what is hidden in it."
    ),
    _(
        "What can be seen stays: letterheads, handwriting, faces, places, a printer's dots, names "
        "in a footer. The wording stays too: whoever gave you the text may have changed some "
        "words, to find out who passes it on."
    ),
    _("Typing the words that matter into your answer is safer than any file."),
)


def said_of_taken(most: int) -> str:
    """Return which files are taken, of at most so many bytes, in the language of now."""
    return _("%(taken)s Each may have at most %(limit)s.") % {
        "taken": TAKEN,
        "limit": filesizeformat(most),
    }


def refusal_message(code: str, parameters: Mapping[str, str | int]) -> str:
    """Return the sentence for a refusal, in the language of now; an unknown code says "damaged"."""
    values: dict[str, object] = {"taken": TAKEN, "print_it": PRINT_IT, **parameters}
    if code == "disguised" and values.get("found") not in KINDS_TAKEN:
        code = "disguised-untaken"
    if "found" in values:
        values["found"] = FOUND.get(str(values["found"]), FOUND["nothing"])
    return str(REFUSALS.get(code, REFUSALS["damaged"])) % values
