"""The file in which a filled-in form comes: plain text, or the PDF. Nothing of it is kept."""

from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from consultations.calls.models import ConsultationPage
from consultations.responses.errors import Unreadable
from consultations.responses.offline.pdf import (
    Busy,
    PdfLocked,
    PdfNotRead,
    fields_of,
    text_of_fields,
)

MOST_TEXT = 1_000_000
MOST_PDF = 10_000_000
PDF = b"%PDF-"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def text_of(upload: UploadedFile, page: ConsultationPage) -> str:
    """
    Return the form as plain text. Raises Unreadable, with what to do about it.

    A PDF is read in a process of its own, which has bounds: it may take seconds.
    """
    upload.seek(0)
    data = upload.read(MOST_PDF + 1)
    is_pdf = PDF in data[:1024]
    most = MOST_PDF if is_pdf else MOST_TEXT
    if len(data) > most:
        raise Unreadable(
            _("This file is larger than %(most)s. No form of ours is so large.")
            % {"most": filesizeformat(most)}
        )
    return _text_of_pdf(data, page) if is_pdf else _decoded(data)


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-16" if data[:2] in UTF_16 else "utf-8-sig")
    except UnicodeError:
        text = "\0"
    if "\0" in text:
        raise Unreadable(
            _(
                "This file is neither plain text in UTF-8 nor the PDF form. If you filled the form "
                "in with a word processor, copy the whole text and paste it below, or save it as "
                "plain text (UTF-8)."
            )
        )
    return text


def _text_of_pdf(data: bytes, page: ConsultationPage) -> str:
    try:
        fields = fields_of(data)
    except Busy:
        raise Unreadable(
            _(
                "Another form is being read at this moment. Choose the file again and press the "
                "button in half a minute, or respond on the portal."
            )
        ) from None
    except PdfLocked:
        raise Unreadable(
            _(
                "This PDF opens only with a password. Save it without one and send it again, or "
                "respond on the portal."
            )
        ) from None
    except PdfNotRead:
        raise Unreadable(
            _(
                "This PDF cannot be read: it is damaged, or too large inside. Fill in the "
                "plain-text form instead, or respond on the portal."
            )
        ) from None
    text = text_of_fields(fields, page)
    if not text:
        told = _(
            "This PDF has nothing in the fields of the form. Only what is typed into the fields is "
            "read here, not what is written by hand or in a picture."
        )
        other = (
            _("Send a form that you filled in by hand by post, or respond on the portal.")
            if page.postal_address
            else _("Type your answers into the fields, or respond on the portal.")
        )
        raise Unreadable(f"{told} {other}")
    return text
