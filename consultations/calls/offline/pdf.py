"""PDF by WeasyPrint, which needs Pango: a machine without it runs the portal all the same."""


class PdfUnavailableError(Exception):
    """This machine cannot make a PDF: WeasyPrint or a library that it needs is missing."""


def pdf_of(html: str) -> bytes:
    """
    Return a PDF of a whole document, its form fields to be filled in on a screen.

    Nothing is fetched: styles stand in the document, and every address in it is refused. Raises
    PdfUnavailableError.
    """
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        raise PdfUnavailableError from error
    document = HTML(string=html, url_fetcher=_refuse)
    return document.write_pdf(pdf_forms=True, pdf_variant="pdf/ua-1")


def _refuse(url: str, *args: object, **kwargs: object) -> dict[str, object]:
    raise ValueError(f"Nothing is fetched for a PDF: {url}")
