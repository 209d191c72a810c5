"""PDF/UA by WeasyPrint, which needs Pango: a machine without it runs the portal all the same."""

import re
from collections.abc import Callable
from typing import Any

SIGN = re.compile(rb"<[0-9a-f]{4}> <")
MOST_SIGNS = 100  # in one section of a table of signs
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
    return document.write_pdf(pdf_forms=True, pdf_variant="pdf/ua-1", finisher=_mend)


def _mend(document: Any, pdf: Any) -> None:
    """Have the structure that WeasyPrint wrote say what PDF/UA asks for, whatever was laid out."""
    objects = {each.number: each for each in pdf.objects}
    for font in document.fonts.values():
        if font.used_in_forms:
            _say_what_signs_mean(font, objects)
    for element in list(objects.values()):
        kind = _kind(element)
        if kind == "/TH":
            _say_what_it_heads(element, objects)
        elif kind == "/LI":
            _put_into_a_body(element, objects, pdf)
        elif kind not in ("", "/Link") and _leads_somewhere(element, objects):
            # Of a link that holds other elements, such as a word in bold, each part is one.
            element["S"] = "/Link"


def _say_what_signs_mean(font: Any, objects: dict[int, Any]) -> None:
    """
    Add to a font's table what each drawn sign stands for in the text.

    Of a font that is whole, for fields to be filled in, WeasyPrint says it of single letters alone,
    not of two that are drawn as one, as vowels are in Arabic.
    """
    for each in objects.values():
        if isinstance(each, dict) and each.get("BaseFont") == font.name and "ToUnicode" in each:
            lines = objects[_number(each["ToUnicode"])].stream
            said = {int(line[1:5], 16) for line in lines if SIGN.match(line)}
            new = [
                f"<{sign:04x}> <{text.encode('utf-16-be').hex()}>".encode()
                for sign, text in font.to_unicode.items()
                if text and sign not in said
            ]
            for start in range(0, len(new), MOST_SIGNS):
                some = new[start : start + MOST_SIGNS]
                begins = f"{len(some)} beginbfchar".encode()
                end = lines.index(b"endcmap")
                lines[end:end] = [begins, *some, b"endbfchar"]


def _say_what_it_heads(heading: Any, objects: dict[int, Any]) -> None:
    """
    Have a heading of a table say whether it heads a column or a row.

    WeasyPrint names headings in the cells alone, so that a cell without one, as that in the corner,
    breaks PDF/UA. What stands in a table's head heads columns, all else rows.
    """
    row = objects.get(_number(heading["P"]))
    group = objects.get(_number(row["P"])) if row else None
    heading["A"]["Scope"] = "/Column" if _kind(group) == "/THead" else "/Row"


def _put_into_a_body(item: Any, objects: dict[int, Any], pdf: Any) -> None:
    """Put what an item of a list holds beside its sign, such as paragraphs, into its body."""
    kids = [(each, objects.get(_number(each))) for each in item["K"]]
    loose = [(each, kid) for each, kid in kids if _kind(kid) not in ("", "/Lbl", "/LBody")]
    if not loose:
        return
    body = type(item)({"Type": "/StructElem", "S": "/LBody", "Pg": item["Pg"], "P": item.reference})
    body["K"] = type(item["K"])([each for each, _kid in loose])
    pdf.add_object(body)
    for each, _kid in loose:
        objects[_number(each)]["P"] = body.reference
    first = kids.index(loose[0])
    item["K"][:] = [each for each, kid in kids[:first]] + [body.reference]
    item["K"] += [each for each, kid in kids[first:] if (each, kid) not in loose]


def _leads_somewhere(element: Any, objects: dict[int, Any]) -> bool:
    """Say whether an element of the structure holds the place on a page that a reader clicks."""
    for kid in element.get("K", ()):
        target = objects.get(_number(kid))
        if isinstance(target, dict) and target.get("Type") == "/OBJR":
            annotation = objects.get(_number(target["Obj"]))
            if isinstance(annotation, dict) and annotation.get("Subtype") == "/Link":
                return True
    return False


def _kind(element: Any) -> str:
    """Return what an element of a PDF's structure is, e.g. "/TH"; "" where it is none."""
    if isinstance(element, dict) and element.get("Type") == "/StructElem":
        return str(element.get("S", ""))
    return ""


def _number(reference: Any) -> int:
    """Return the number of the object that "12 0 R" refers to; -1 of what refers to none."""
    words = reference.decode() if isinstance(reference, bytes) else str(reference)
    number, _, rest = words.partition(" ")
    return int(number) if rest == "0 R" else -1
