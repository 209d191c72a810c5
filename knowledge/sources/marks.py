"""
Citations as they stand in a text: an element at the word, and `{{E1: Art. 5(1)}}` in content files.

The element is a link of the kind "cite". It has the source's key and the place in the source; the
words within it are for editors and translators, who see no number yet.
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from wagtail.rich_text.rewriters import extract_attrs

LINK_TYPE = "cite"
OPENING = re.compile(r'<a(\b[^>]*\blinktype="cite"[^>]*)>')
# {{E1}} or {{E1: Art. 5(1)}}
TYPED = re.compile(r"\{\{\s*([A-Za-z0-9-]+)\s*(?::\s*([^{}\n]*?)\s*)?\}\}")


@dataclass(frozen=True)
class Citation:
    """A source by its key, and where in it: "Art. 5(1)", or "" for the whole."""

    key: str
    pinpoint: str = ""

    @property
    def label(self) -> str:
        """Return what stands for it while a text is written, e.g. "[e1, Art. 5(1)]"."""
        return f"[{self.key}, {self.pinpoint}]" if self.pinpoint else f"[{self.key}]"


def element(citation: Citation) -> str:
    """Return the element that stands for a citation in the text that an editor keeps."""
    pinpoint = f' pinpoint="{escape(citation.pinpoint)}"' if citation.pinpoint else ""
    return (
        f'<a linktype="{LINK_TYPE}"{pinpoint} source="{escape(citation.key)}">'
        f"{html.escape(citation.label, quote=False)}</a>"
    )


def of_attributes(attributes: Mapping[str, Any]) -> Citation:
    """Return the citation that an element's attributes name; of Wagtail's reading or another's."""
    pinpoint = (attributes.get("pinpoint") or "").replace("&#x27;", "'")
    return Citation(attributes.get("source") or "", pinpoint)


def citations_in(raw: Any) -> Iterator[Citation]:
    """Yield the citations in what a stream keeps, in the order in which readers meet them."""
    if isinstance(raw, str):
        for found in OPENING.finditer(raw):
            yield of_attributes(extract_attrs(found[1]))
    elif isinstance(raw, Mapping):
        for each in raw.values():
            yield from citations_in(each)
    elif isinstance(raw, list | tuple):
        for each in raw:
            yield from citations_in(each)


def without_labels(text: str, citations: Iterable[Citation]) -> str:
    """Return a text as it is searched: without what stands for citations while it is written."""
    for each in set(citations):
        text = text.replace(each.label, "")
    return text


def elements_from(escaped: str) -> str:
    """Return escaped text of a content file with the element for each `{{E1: Art. 5(1)}}`."""

    def found(match: re.Match[str]) -> str:
        pinpoint = (match[2] or "").replace("&#x27;", "'").replace("&quot;", '"')
        return element(Citation(match[1].lower(), pinpoint.replace("&amp;", "&")))

    # The blank before it stays out: a number stands at its word.
    return re.sub(rf"\s?{TYPED.pattern}", found, escaped)


def unknown_in_file(text: str, known: set[str]) -> Iterator[tuple[int, str]]:
    """Yield line number and key of each citation in a content file whose source is not known."""
    for number, line in enumerate(text.splitlines(), 1):
        for match in TYPED.finditer(line):
            if match[1].lower() not in known:
                yield number, match[1]
        if TYPED.sub("", line).count("{{"):
            yield number, line[line.index("{{") :][:40]
