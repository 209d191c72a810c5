"""A short word that means two things has a context: other languages have two words for it."""

import re

from portal.catalogues.extraction import sources

# `RECEIVED = "received", _("Received")`: what somebody or something is.
CHOICE = re.compile(r'^\s+[A-Z_]+ = "[\w-]+", _\("([^"]+)"\)', re.MULTILINE)
# `{"key": _("Received"), …}`, `<dt>`, `<th>` and columns of tables: what a value beside it is.
LABEL = re.compile(
    r'"key": _\("([^"]+)"\)'
    r'|<(?:dt|th)\b[^>]*>\{(?:\{ _\(|% translate )"([^"]+)"\)? [%}]\}'
    r'|Column\([^()]*label=(?:_|gettext_lazy)\("([^"]+)"\)'
)
# What staff did to a response is told in words of its own: "accepted it", not "it is accepted".
DONE = re.compile(r"^class Verb\b.*?(?=^class )", re.MULTILINE | re.DOTALL)


def texts() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sources()]


def labels() -> set[str]:
    return {next(filter(None, found)) for text in texts() for found in LABEL.findall(text)}


def test_what_is_a_status_and_a_label_has_a_context_in_one_of_them():
    """A status agrees with what has it; before a day the same word does not."""
    statuses = {word for text in texts() for word in CHOICE.findall(text)}
    assert {"Accepted", "Received"} <= statuses, "the pattern finds nothing any more"
    assert {"Reference", "Language"} <= labels(), "the pattern finds nothing any more"
    assert statuses & labels() == set(), "give the label a context (docs/contributing.md, A string)"


def test_what_staff_did_is_not_told_in_the_words_of_a_status():
    done, statuses = set(), set()
    for text in texts():
        [verbs] = DONE.findall(text) or [""]
        done |= set(CHOICE.findall(verbs))
        statuses |= set(CHOICE.findall(text.replace(verbs, "")))
    assert "Proposed removal" in done, "the pattern finds nothing any more"
    assert done & statuses == set()
