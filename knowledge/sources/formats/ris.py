"""References as RIS, the form that most reference managers take in."""

from knowledge.sources.formats.references import Reference
from knowledge.sources.kinds import Kind

TYPES = {
    Kind.LAW: "STAT",
    Kind.DECISION: "CASE",
    Kind.SCHOLARSHIP: "JOUR",
    Kind.TOOL: "ELEC",
    "": "GEN",
}


def as_ris(references: list[Reference]) -> str:
    """Return references as a file of RIS, a line a tag."""
    return "".join(map(_entry, references))


def _entry(reference: Reference) -> str:
    tags = [
        ("TY", TYPES.get(reference.kind, "RPRT")),
        ("ID", reference.key),
        ("TI", reference.title),
        ("TT", reference.translated_title),
        ("AU", reference.issuer),
        ("PY", str(reference.year or "")),
        ("M1", reference.number),
        ("T3", reference.collection),
        ("UR", reference.address),
        ("Y2", f"{reference.read_on:%Y/%m/%d}" if reference.read_on else ""),
        ("LA", reference.language),
        ("N1", reference.note),
    ]
    # A line break would begin another tag.
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])
