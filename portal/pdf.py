"""PDF/UA by WeasyPrint, which needs Pango: a machine without it runs the portal all the same."""

from collections.abc import Callable
from typing import Any

Fetch = Callable[[str], bytes | None]


class PdfUnavailableError(Exception):
    """This machine cannot make a PDF: WeasyPrint or a library that it needs is missing."""


def pdf_of(html: str, *, base_url: str = "", fetch: Fetch | None = None) -> bytes:
    """
    Return a PDF/UA of a whole document, its form fields to be filled in on a screen.

    Nothing is fetched from elsewhere: styles stand in the document. `fetch(url)` returns a picture
    of our own; every other address is refused, and what it shows is left out.
    Links lead from `base_url`. Raises PdfUnavailableError.
    """
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except (ImportError, OSError) as error:
        raise PdfUnavailableError from error

    class Ours(URLFetcher):
        """Hands out pictures of ours; nothing is fetched from anywhere."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if fetch is None or (found := fetch(url)) is None:
                raise ValueError(f"Nothing is fetched for a PDF: {url}")
            return URLFetcherResponse(url, found)

    document = HTML(string=html, base_url=base_url or None, url_fetcher=Ours())
    return document.write_pdf(pdf_forms=True, pdf_variant="pdf/ua-1", finisher=_say_what_heads)


def _say_what_heads(document: object, pdf: Any) -> None:
    """
    Have each heading of a table say whether it heads a column or a row.

    WeasyPrint names headings in the cells alone, so that a cell without one, as that in the corner,
    breaks PDF/UA. What stands in a table's head heads columns, all else rows.
    """
    elements = {each.number: each for each in pdf.objects if _kind(each)}
    for heading in elements.values():
        if _kind(heading) == "/TH":
            row = _parent(heading, elements)
            group = _parent(row, elements) if row else None
            is_column = _kind(group) == "/THead"
            heading["A"]["Scope"] = "/Column" if is_column else "/Row"


def _kind(element: Any) -> str:
    """Return what an element of a PDF's structure is, e.g. "/TH"; "" where it is none."""
    return str(element.get("S", "")) if isinstance(element, dict) else ""


def _parent(element: Any, elements: dict[int, Any]) -> Any:
    """Return what an element stands in; it is referred to as "12 0 R"."""
    reference = element["P"]
    words = reference.decode() if isinstance(reference, bytes) else str(reference)
    return elements.get(int(words.split()[0]))
