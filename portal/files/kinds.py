"""The kinds of file that the portal keeps."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """A kind of file: what people call it, and what browsers and systems do."""

    key: str
    label: str | Promise
    media_type: str
    extension: str


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("pdf", _("PDF"), "application/pdf", "pdf"),
        Kind(
            "docx",
            _("Word document"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "docx",
        ),
        Kind("odt", _("OpenDocument text"), "application/vnd.oasis.opendocument.text", "odt"),
        Kind(
            "xlsx",
            _("Excel workbook"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
        Kind("jpeg", _("JPEG picture"), "image/jpeg", "jpg"),
        Kind("png", _("PNG picture"), "image/png", "png"),
        Kind("txt", _("Plain text"), "text/plain; charset=utf-8", "txt"),
        Kind("csv", _("CSV table"), "text/csv; charset=utf-8", "csv"),
    )
}
