"""What machines are told of a source, in the vocabulary of schema.org."""

from typing import Any

from knowledge.sources.kinds import Kind
from portal.onion import on_the_open_web

TYPES = {Kind.LAW: "Legislation", Kind.SCHOLARSHIP: "ScholarlyArticle", Kind.REPORT: "Report"}


def linked_data(source: Any) -> dict[str, Any]:
    """Describe a source as a work that stands elsewhere."""
    kind = Kind(source.kind) if source.kind else None
    return {
        "@type": TYPES.get(kind, "CreativeWork") if kind else "CreativeWork",
        "name": source.title,
        "alternateName": source.short_name,
        "publisher": {"@type": "Organization", "name": source.issuer} if source.issuer else None,
        "identifier": source.number,
        "datePublished": str(source.year or ""),
        "inLanguage": source.language,
        "sameAs": source.address,
    }


def cited(source: Any) -> dict[str, Any]:
    """Describe a source as what a page cites."""
    return {
        "@type": "CreativeWork",
        "name": source.title,
        "url": source.address or on_the_open_web(source.get_absolute_url()),
    }
