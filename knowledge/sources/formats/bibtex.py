"""References as BibTeX: UTF-8, with the signs that TeX reads otherwise written out."""

import re

from knowledge.sources.formats.references import Reference
from knowledge.sources.kinds import Kind

TYPES = {Kind.SCHOLARSHIP: "article", Kind.TOOL: "misc", Kind.LAW: "misc", Kind.DECISION: "misc"}
# One pass over the text, so that no sign that was put in is written out again.
SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
SPECIAL = re.compile("|".join(map(re.escape, SIGNS)))


def escaped(text: str) -> str:
    """Return text so that TeX sets it as it stands, in one line."""
    return SPECIAL.sub(lambda sign: SIGNS[sign[0]], " ".join(text.split()))


def as_bibtex(references: list[Reference]) -> str:
    """Return references as a file of BibTeX."""
    return "\n".join(map(_entry, references))


def _entry(reference: Reference) -> str:
    kind = TYPES.get(Kind(reference.kind), "techreport") if reference.kind else "misc"
    # The second pair of braces keeps capitals, and a body's name from being taken for a person's.
    fields = {
        "title": f"{{{escaped(reference.title)}}}",
        "author": f"{{{escaped(reference.issuer)}}}" if reference.issuer else "",
        "institution": f"{{{escaped(reference.issuer)}}}" if kind == "techreport" else "",
        "year": str(reference.year or ""),
        "number": escaped(reference.number),
        "series": escaped(reference.collection),
        "url": _address(reference.address),
        "urldate": f"{reference.read_on:%Y-%m-%d}" if reference.read_on else "",
        "langid": reference.language,
        "note": escaped(reference.note),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value.strip("{}")]
    return "\n".join([f"@{kind}{{{reference.key},", *lines, "}", ""])


def _address(address: str) -> str:
    """Return an address as it stands: styles set it as `\\url`. Braces would end the field."""
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
