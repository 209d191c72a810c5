"""
Redaction: a submitter's text with passages left out, each marked with the reason.

A redacted text is a list of segments, `{"text": …}` for what stays and `{"redacted": reason}` for
what is left out. Its texts, in order, are the original's own; nothing is changed or added, and
every mark stands for something. The original is never touched.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.publication.alignment import Token, align
from consultations.publication.errors import NotACut

Segment = dict[str, str]
# A moderator marks passages by hand; more marks than this is another text.
MOST_MARKS = 500


class RedactionReason(models.TextChoices):
    """A reason to leave a passage out. The codes are published and never change."""

    PERSONAL_DATA = "personal-data", gettext_lazy("personal data")
    THIRD_PARTY = "third-party", gettext_lazy("statement about a third party")
    SECURITY = "security", gettext_lazy("security")
    COMMERCIAL = "commercial", gettext_lazy("commercial secret")
    UNLAWFUL = "unlawful", gettext_lazy("unlawful content")
    ABUSE = "abuse", gettext_lazy("abuse")


# What each code means, as the published rules say it.
MEANINGS: Mapping[str, str | Promise] = {
    RedactionReason.PERSONAL_DATA: gettext_lazy(
        "Names, addresses, telephone numbers and everything else that would help to find a person "
        "who did not agree to be named."
    ),
    RedactionReason.THIRD_PARTY: gettext_lazy(
        "An allegation against a person or a body that has had no chance to answer it here."
    ),
    RedactionReason.SECURITY: gettext_lazy(
        "Details that would put somebody in danger or help to do what the controls should prevent."
    ),
    RedactionReason.COMMERCIAL: gettext_lazy(
        "A trade secret, or prices and terms of a contract, for which the submitter asked "
        "protection."
    ),
    RedactionReason.UNLAWFUL: gettext_lazy("What the law does not allow to be published."),
    RedactionReason.ABUSE: gettext_lazy("Insults, threats and hatred."),
}

_ANY_MARK = re.compile(r"\[\[([\w -]{1,40})\]\]")


def mark(reason: str) -> str:
    """Write a mark as a moderator does: `[[personal-data]]`."""
    return f"[[{reason}]]"


def reason_spelled(typed: str) -> str | None:
    """Return the reason that stands in a mark: its code or its words, capitals and spaces aside."""
    spelled = _plain(typed)
    for each in RedactionReason:
        if spelled in (each.value, _plain(str(each.label))):
            return each.value
    return None


def _plain(words: str) -> str:
    return re.sub(r"[\W_]+", "-", words.casefold()).strip("-")


def reason_label(reason: str) -> str:
    """Return the words of a reason; the code itself where it is none of ours."""
    known = reason in RedactionReason.values
    return str(RedactionReason(reason).label) if known else reason


def checked_segments(original: str, segments: Iterable[Mapping[str, str]]) -> list[Segment]:
    """
    Return the segments in their plainest form, once it is sure that they are cuts of `original`.

    Line ends count as the same however they are written. Raises NotACut.
    """
    plain = plainest(segments)
    found = align(lines(original), _tokens_of(plain))
    if not isinstance(found, list):
        raise NotACut
    return plain


def segments_of(marked: str, original: str) -> list[Segment]:
    """
    Return the segments of staff's own text, a translation, with `[[reason]]` for gaps.

    Raises NotACut where a mark names no reason; not where the submitter wrote the same in their
    `original`.
    """
    segments: list[Segment] = []
    position = 0
    for found in _ANY_MARK.finditer(marked):
        if found[1] not in RedactionReason.values and found[0] in original:
            continue
        reason = reason_spelled(found[1]) or found[1]
        segments += [{"text": marked[position : found.start()]}, {"redacted": reason}]
        position = found.end()
    return plainest([*segments, {"text": marked[position:]}])


def as_marked(segments: Iterable[Mapping[str, str]]) -> str:
    """Return the text as a moderator edits it, with `[[reason]]` for each passage left out."""
    return "".join(
        mark(each["redacted"]) if "redacted" in each else each["text"] for each in segments
    )


def is_cut(segments: Iterable[Mapping[str, str]]) -> bool:
    """Say whether anything is left out at all."""
    return any("redacted" in each for each in segments)


def lines(text: str) -> str:
    """Write line ends in one form: browsers send another than was stored."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plainest(segments: Iterable[Mapping[str, str]]) -> list[Segment]:
    """Neighbouring texts as one, none of them empty; raises NotACut where it is no segment."""
    plain: list[Segment] = []
    for each in segments:
        text, reason = each.get("text"), each.get("redacted")
        if len(each) != 1 or not isinstance(text if reason is None else reason, str):
            raise NotACut
        if reason is not None:
            if reason not in RedactionReason.values:
                raise NotACut(_("“%(code)s” is no reason for a redaction.") % {"code": reason})
            plain.append({"redacted": reason})
        elif text and plain and "text" in plain[-1]:
            plain[-1]["text"] += lines(text)
        elif text:
            plain.append({"text": lines(text)})
    if len(plain) > 2 * MOST_MARKS:
        raise NotACut
    return plain


def _tokens_of(segments: Sequence[Segment]) -> list[Token]:
    return [
        Token(reason=each["redacted"]) if "redacted" in each else Token(text=each["text"])
        for each in segments
    ]
