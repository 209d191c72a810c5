"""A language that nobody speaks: it shows which words of a page come from no catalogue."""

import re

from babel.messages.catalog import Catalog

from portal.catalogues.faults import PLACEHOLDER, TAG
from portal.catalogues.files import messages_in
from portal.catalogues.plurals import new_catalogue

BEGINS, ENDS = "⟦", "⟧"
LONGER = 0.4
ACCENTED = str.maketrans(
    "aceginorstuyzACEGINORSTUYZ",
    "áçéğîñóřšťúýžÁÇÉĞÎÑÓŘŠŤÚÝŽ",
)
# What stays as it is: a name of a character (&nbsp;) too, and addresses.
KEPT = re.compile(rf"({PLACEHOLDER.pattern}|{TAG.pattern}|&#?\w+;|https?://\S+)")


def pseudo_text(text: str) -> str:
    """
    Write a message longer and with accents, between brackets; placeholders and tags stay.

    White space at the edges stays outside the brackets.
    """
    words = text.strip()
    if not words:
        return text
    accented = "".join(
        part if number % 2 else part.translate(ACCENTED)
        for number, part in enumerate(KEPT.split(words))
    )
    longer = "~" * round(LONGER * len(words))
    before, after = text.split(words, 1)
    return f"{before}{BEGINS}{accented}{' ' + longer if longer else ''}{ENDS}{after}"


def pseudo_catalogue(template: Catalog, locale: str = "eo") -> Catalog:
    """Return the catalogue that has a pseudo-translation of each message of a template."""
    made = new_catalogue(locale)
    for message in messages_in(template):
        if isinstance(message.id, str):
            string: str | tuple[str, ...] = pseudo_text(message.id)
        else:
            singular, plural = map(pseudo_text, message.id)
            string = (singular, *[plural] * (made.num_plurals - 1))
        made.add(message.id, string, context=message.context)
    return made
