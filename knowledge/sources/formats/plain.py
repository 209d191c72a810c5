"""References as text, for a letter or a mail."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knowledge.sources.formats.references import Reference


def as_text(references: list[Reference]) -> str:
    """Return references in words, one in each paragraph."""
    return "\n\n".join(map(written, references)) + "\n"


def written(reference: Reference) -> str:
    """Return a reference in one line: whose, what, number, date, address, and when it was read."""
    parts = [
        reference.issuer,
        reference.title,
        reference.number,
        reference.collection,
        reference.dated or str(reference.year or ""),
        reference.address,
    ]
    told = ", ".join(each for each in parts if each)
    if reference.read_on:
        told += " " + _("(read on %(day)s)") % {"day": date_format(reference.read_on)}
    return told
