"""
References as APA and OSCOLA set them, by their styles in the Citation Style Language.

Both are made for one country's law: APA writes any act as a Public Law of the United States. So a
law is set as its issuer's document. The rules are English, and so are their words.
"""

import warnings
from pathlib import Path
from typing import Any

from knowledge.sources.formats.references import Reference, csl

STYLES = Path(__file__).parent / "styles"
# A court decision is one to OSCOLA, whose home is English law.
KEPT = {"oscola": ("legal_case", "article"), "apa": ("article",)}


def as_apa(references: list[Reference]) -> str:
    """Return references as the APA's seventh edition lists them."""
    return _styled("apa", references)


def as_oscola(references: list[Reference]) -> str:
    """Return references as the fourth edition of OSCOLA lists them."""
    return _styled("oscola", references)


def _styled(style: str, references: list[Reference]) -> str:
    # Late: few ask for it, and it takes its time to come in.
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
    from citeproc import formatter as formatters
    from citeproc.source.json import CiteProcJSON

    items = [_item(style, each) for each in references]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what a style asks for and the processor has not
        source = CiteProcJSON(items)
        rules = CitationStylesStyle(str(STYLES / f"{style}.csl"), validate=False)
        bibliography = CitationStylesBibliography(rules, source, formatters.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        return "\n\n".join(str(each) for each in bibliography.bibliography()) + "\n"


def _item(style: str, reference: Reference) -> dict[str, Any]:
    item = csl(reference)
    item.pop("note", None)  # what it was replaced by is no part of a reference
    item.pop("language", None)
    if item["type"] not in KEPT[style]:
        item["type"] = "report"
    if item["type"] == "legal_case":
        item["authority"] = reference.issuer
        item.pop("author", None)
    return item
