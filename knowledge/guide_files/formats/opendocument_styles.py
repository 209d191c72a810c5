"""The styles of an ODT, in the direction and the language of its guide, and what writes its XML."""

from typing import Any

from lxml.builder import ElementMaker

from knowledge.guide_files.formats.imprint import Imprint, runs_right_to_left
from knowledge.guide_files.formats.pieces import Kind

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = {
    "office": f"{ODF}office:1.0",
    "style": f"{ODF}style:1.0",
    "text": f"{ODF}text:1.0",
    "table": f"{ODF}table:1.0",
    "fo": f"{ODF}xsl-fo-compatible:1.0",
    "meta": f"{ODF}meta:1.0",
    "manifest": f"{ODF}manifest:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
VERSION = "1.3"
# The size of letters of kinds of paragraphs, where it is not the usual one.
SIZES: dict[Kind, str] = {
    "title": "20pt",
    "heading": "15pt",
    "subheading": "12.5pt",
    "small": "9pt",
    "hint": "9pt",
}
LEVELS: dict[Kind, int] = {"title": 1, "heading": 2, "subheading": 3}
DEEPEST = 4  # levels of a list
HANG = 0.8  # centimetres


def _maker(space: str) -> Any:
    return ElementMaker(namespace=SPACES[space], nsmap=SPACES)


OFFICE, STYLE, TEXT, TABLE = _maker("office"), _maker("style"), _maker("text"), _maker("table")
META, DC, MANIFEST = _maker("meta"), _maker("dc"), _maker("manifest")


def of(told: dict[str, str]) -> dict[str, str]:
    """Return attributes by their whole names, of such as "fo:font-size"."""
    spaced = {name.partition(":")[::2]: value for name, value in told.items()}
    return {f"{{{SPACES[space]}}}{name}": value for (space, name), value in spaced.items()}


def root(name: str, *children: Any) -> Any:
    return OFFICE(name, *children, of({"office:version": VERSION}))


def styles_of(imprint: Imprint) -> Any:
    """Return the styles of paragraphs, in the direction and the language of the guide."""
    mode = "rl-tb" if imprint.is_right_to_left else "lr-tb"
    direction = {"style:writing-mode": mode}
    if imprint.is_right_to_left:
        direction["fo:text-align"] = "right"  # LibreOffice takes "start" for the left
    usual = STYLE(
        "default-style",
        STYLE("paragraph-properties", of({**direction, "fo:margin-bottom": "0.2cm"})),
        STYLE("text-properties", of(spoken(imprint.language))),
        of({"style:family": "paragraph"}),
    )
    page = STYLE(
        "page-layout",
        STYLE(
            "page-layout-properties",
            of(
                {
                    **{"fo:page-width": "21cm", "fo:page-height": "29.7cm", "fo:margin": "2.5cm"},
                    "style:writing-mode": mode,
                }
            ),
        ),
        of({"style:name": "page"}),
    )
    master = STYLE("master-page", of({"style:name": "Standard", "style:page-layout-name": "page"}))
    named = [_paragraph_style(kind, direction) for kind in ("text", "tick", *SIZES)]
    return root(
        "document-styles",
        OFFICE.styles(usual, *named, _list_style("bullet"), _list_style("number")),
        OFFICE("automatic-styles", page),
        OFFICE("master-styles", master),
    )


def _paragraph_style(kind: Kind, direction: dict[str, str]) -> Any:
    lines, letters = dict(direction), {}
    if size := SIZES.get(kind):
        letters = dict.fromkeys(("fo:font-size", "style:font-size-complex"), size)
    if kind in LEVELS:
        letters |= dict.fromkeys(("fo:font-weight", "style:font-weight-complex"), "bold")
        lines |= {"fo:margin-top": "0.4cm", "fo:keep-with-next": "always"}
    if kind in ("tick", "hint"):
        lines["fo:margin-left"] = f"{HANG}cm"
    if kind == "tick":
        lines["fo:text-indent"] = f"-{HANG}cm"
    return STYLE.style(
        STYLE("paragraph-properties", of(lines)),
        STYLE("text-properties", of(letters)),
        of({"style:name": kind, "style:family": "paragraph"}),
    )


def _list_style(kind: str) -> Any:
    levels = []
    for level in range(1, DEEPEST + 1):
        place = {"fo:margin-left": f"{HANG * level}cm", "fo:text-indent": f"-{HANG}cm"}
        label = STYLE(
            "list-level-label-alignment", of({"text:label-followed-by": "listtab", **place})
        )
        mode = of({"text:list-level-position-and-space-mode": "label-alignment"})
        told = {"text:level": str(level)}
        told |= (
            {"text:bullet-char": "•"}
            if kind == "bullet"
            else {"style:num-format": "1", "style:num-suffix": "."}
        )
        levels.append(
            TEXT(f"list-level-style-{kind}", STYLE("list-level-properties", label, mode), of(told))
        )
    return TEXT("list-style", *levels, of({"style:name": f"{kind}s"}))


def spoken(language: str) -> dict[str, str]:
    """Return what says which language letters are of, those of right-to-left scripts too."""
    told = {"fo:language": language, "fo:country": "none"}
    if runs_right_to_left(language):
        told |= {"style:language-complex": language, "style:country-complex": "none"}
    return told
