"""A certificate laid out for paper: what was worked through, and what it is not."""

import io
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from markupsafe import Markup

from knowledge.learning.models import Certificate
from portal.made.registry import Made, register
from portal.pdf.rendering import pdf_of
from portal.taxonomy.languages import direction_of

CERTIFICATE = "learning-certificate"
STYLES = Path(__file__).parent / "static" / "learning" / "certificate.css"
SQUARE = f"{settings.BASE_URL}/square.png"
DOTS = 6  # pixels of a dot of the square


def register_maker() -> None:
    """Have certificates made where other files are."""
    register(CERTIFICATE, made_of, printable_of)


def paper_of(certificate: Certificate, name: str) -> dict[str, Any]:
    """Return all that stands on the paper, as JSON holds it; the name stands nowhere else."""
    return {
        "name": name,
        "number": str(certificate.number),
        "title": certificate.title,
        "language": certificate.language,
        "hours": certificate.hours,
        "guides": certificate.guides,
        "day": certificate.day.isoformat(),
    }


def address_of(paper: dict[str, Any]) -> str:
    """Return where the number is confirmed on the open web."""
    language = get_language() or settings.LANGUAGE_CODE
    return f"{settings.BASE_URL}/{language}/learning/certificates/{paper['number']}/"


def made_of(paper: dict[str, Any]) -> Made:
    """Return the certificate as a PDF. Raises PdfUnavailableError."""
    content = pdf_of(html_of(paper), base_url=settings.BASE_URL, fetch=_fetch(paper))
    return Made(content, "certificate.pdf", "application/pdf")


def html_of(paper: dict[str, Any]) -> str:
    """Return the whole document that becomes the PDF."""
    context = {**_context(paper), "square": SQUARE, "styles": STYLES.read_text()}
    return render_to_string("knowledge/learning/certificate_pdf.html", context)


def printable_of(request: HttpRequest, paper: dict[str, Any]) -> HttpResponse:
    """Show the same as a page to print."""
    square = segno.make(address_of(paper), error="m", micro=False).svg_inline(scale=4)
    context = {**_context(paper), "square": Markup(square)}  # noqa: S704 - drawn here
    return render(request, "knowledge/learning/certificate_print.html", context)


def square_of(address: str) -> bytes:
    """Return the square (QR code, PNG) that opens an address."""
    file = io.BytesIO()
    segno.make(address, error="m", micro=False).save(file, kind="png", scale=DOTS)
    return file.getvalue()


def _fetch(paper: dict[str, Any]) -> Any:
    square = square_of(address_of(paper))
    return lambda url: square if url == SQUARE else None


def _context(paper: dict[str, Any]) -> dict[str, Any]:
    language = translation.get_language() or settings.LANGUAGE_CODE
    return {
        "paper": paper,
        "day_given": parse_date(paper["day"]),
        "address": address_of(paper),
        "issuer": settings.SITE_NAME,
        "language_code": language,
        "text_direction": direction_of(language),
    }
