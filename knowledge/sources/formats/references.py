"""What is told of a source or a guide to whoever cites it, and CSL-JSON, which has it all."""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.formats import date_format

from knowledge.sources.kinds import Kind
from portal.onion import on_the_open_web

# The type of each kind in the Citation Style Language.
TYPES = {
    Kind.LAW: "legislation",
    Kind.DECISION: "legal_case",
    Kind.SCHOLARSHIP: "article",
    Kind.TOOL: "webpage",
}
YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")


@dataclass(frozen=True)
class Reference:
    """A work that is cited: its parts, each "" or None where nobody knows it."""

    key: str
    title: str
    issuer: str
    kind: str
    year: int | None
    dated: str
    number: str
    address: str
    read_on: date | None
    language: str
    note: str = ""
    collection: str = ""
    translated_title: str = ""


def of_source(source: Any) -> Reference:
    """Return a source as it is cited, by its first title and address."""
    found = YEAR.search(source.dated)
    return Reference(
        key=source.key,
        title=source.title,
        issuer=source.issuer,
        kind=source.kind,
        year=source.year or (int(found[1]) if found else None),
        dated=source.dated,
        number=source.number,
        address=source.address or source.archive_address,
        read_on=source.read_on,
        language=source.language,
        note=source.status_note,
    )


def of_guide(guide: Any) -> Reference:
    """Return a guide as it is cited: a report of the unit that answers for it."""
    day = guide.last_published_at
    return Reference(
        key=guide.slug,
        title=guide.title,
        issuer=guide.owner_unit,
        kind=Kind.REPORT,
        year=day.year if day else None,
        dated=date_format(day) if day else "",
        number="",
        address=on_the_open_web(guide.url),
        read_on=None,
        language=guide.content_language,
        collection=settings.SITE_NAME,
        translated_title=guide.heading.title if guide.heading != guide.own_heading else "",
    )


def csl(reference: Reference) -> dict[str, Any]:
    """Return a reference as an item of CSL-JSON; what is not known is left out."""
    item = {
        "id": reference.key,
        "type": TYPES.get(Kind(reference.kind), "report") if reference.kind else "document",
        "title": reference.title,
        "author": [{"literal": reference.issuer}] if reference.issuer else None,
        "issued": _issued(reference),
        "number": reference.number,
        "collection-title": reference.collection,
        "URL": reference.address,
        "accessed": _day(reference.read_on),
        "language": reference.language,
        "note": reference.note,
    }
    return {name: value for name, value in item.items() if value}


def as_csl_json(references: list[Reference]) -> str:
    """Return references as a file of CSL-JSON."""
    return json.dumps([csl(each) for each in references], ensure_ascii=False, indent=2) + "\n"


def _issued(reference: Reference) -> dict[str, Any] | None:
    if reference.year:
        return {"date-parts": [[reference.year]]}
    return {"literal": reference.dated} if reference.dated else None


def _day(day: date | None) -> dict[str, Any] | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None
