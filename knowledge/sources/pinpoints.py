"""Places in a source, as they are typed, and in the words of the reader's language."""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

# What stands at the beginning of a pinpoint: abbreviations as lawyers write them, in lower case.
# Each leads to a sentence part with the number in it.
WORDS: tuple[tuple[tuple[str, ...], Callable[[str], str]], ...] = (
    # Translators: places in a source, from here on, such as “Article 5(1)” or “page 12”.
    (("art.", "arts.", "article", "articles"), lambda at: _("Article %(at)s") % {"at": at}),
    (("recital", "recitals", "rec."), lambda at: _("recital %(at)s") % {"at": at}),
    (("annex",), lambda at: _("Annex %(at)s") % {"at": at}),
    (("chapter", "ch."), lambda at: _("chapter %(at)s") % {"at": at}),
    (("section", "sec.", "s.", "§"), lambda at: _("section %(at)s") % {"at": at}),
    (("pp.", "pages"), lambda at: _("pages %(at)s") % {"at": at}),
    (("p.", "page"), lambda at: _("page %(at)s") % {"at": at}),
    (("paras.", "paragraphs"), lambda at: _("paragraphs %(at)s") % {"at": at}),
    (("para.", "paragraph"), lambda at: _("paragraph %(at)s") % {"at": at}),
    (("principle", "principles"), lambda at: _("principle %(at)s") % {"at": at}),
    (("question",), lambda at: _("question %(at)s") % {"at": at}),
)
BEGINNING = re.compile(r"^(?P<word>[^\W\d]+\.?|§)\s*(?P<at>[\dIVXLC].*)$", re.IGNORECASE)


def in_words(pinpoint: str) -> str:
    """
    Return a place in the words of the reader's language, e.g. "Article 5(1)" for "Art. 5(1)".

    What is not known to be an abbreviation stays as it was typed.
    """
    if found := BEGINNING.match(pinpoint.strip()):
        for words, said in WORDS:
            if found["word"].lower() in words:
                return said(found["at"])
    return pinpoint.strip()
