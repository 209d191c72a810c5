"""One file, from what a stranger sent to what is kept."""

from portal.files.limits import Limits
from portal.files.rebuilding.file_type import identify
from portal.files.rebuilding.result import Rebuilt, Refused

# What a name promises, where it is a kind that is taken. Kinds that people confuse innocently are
# one promise.
PROMISES = {
    "pdf": "pdf",
    "docx": "docx docm dotx",
    "odt": "odt ott",
    "table": "xlsx xlsm xltx ods ots",
    "picture": "jpg jpeg jpe jfif png webp heic heif gif bmp tif tiff avif",
    "text": "txt text md csv tsv",
}
OF_KIND = {"xlsx": "table", "ods": "table", "txt": "text", "csv": "text"}


def rebuild(data: bytes, *, extension: str, keep_colour: bool, limits: Limits) -> Rebuilt:
    """
    Return the file made anew from what can be seen of it. Raises Refused.

    `extension` is what it was called (without dot, "" for nothing): it tells a table from another
    text, and whether the file is called what it is not.
    """
    if not data:
        raise Refused("empty")
    kind = identify(data, extension)
    promised = next(
        (promise for promise, names in PROMISES.items() if extension in names.split()), None
    )
    if promised not in (None, OF_KIND.get(kind, kind)):
        raise Refused("disguised", extension=extension, found=kind)
    return rebuilt_as(kind, data, keep_colour, limits)


def rebuilt_as(kind: str, data: bytes, keep_colour: bool, limits: Limits) -> Rebuilt:
    """Return the file made anew by what is for its kind; only that is loaded."""
    match kind:
        case "picture":
            from portal.files.rebuilding.pictures import rebuild_picture

            return rebuild_picture(data, limits, keep_colour=keep_colour)
        case "pdf":
            from portal.files.rebuilding.pdf.document import rebuild_pdf

            return rebuild_pdf(data, limits, keep_colour=keep_colour)
        case "xlsx" | "ods":
            from portal.files.rebuilding.spreadsheets import rebuild_workbook

            return rebuild_workbook(data, limits)
        case "txt" | "csv":
            from portal.files.rebuilding.text import rebuild_table, rebuild_text

            return (rebuild_table if kind == "csv" else rebuild_text)(data, limits)
        case "docx":
            from portal.files.rebuilding.documents.docx.document import rebuild_docx

            return rebuild_docx(data, limits, keep_colour=keep_colour)
        case "odt":
            from portal.files.rebuilding.documents.odt.document import rebuild_odt

            return rebuild_odt(data, limits, keep_colour=keep_colour)
        case _:
            raise Refused("kind", found=kind)
