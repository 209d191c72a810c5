"""
Redaction: a submitter's text with passages left out, each marked with the reason.

A redacted text is a list of segments, `{"text": …}` for what stays and `{"redacted": reason}` for
what is left out. Its texts, in order, are the original's own; nothing is changed or added, and
every mark stands for something. The original is never touched.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

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
_MARK = re.compile(r"\[\[({})\]\]".format("|".join(RedactionReason.values)))


def mark(reason: str) -> str:
    """Write a mark as a moderator does: `[[personal-data]]`."""
    return f"[[{reason}]]"


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
    found = align(_lines(original), _tokens_of(plain))
    if not isinstance(found, list):
        raise NotACut
    return plain


def parse_marked(original: str, marked: str) -> list[Segment]:
    """
    Return the segments of a text in which a moderator has put `[[reason]]` for passages.

    What stands as `[[abuse]]` in the submitter's own text stays text. White space at either end is
    no matter: forms strip it. Raises NotACut, whose message says from where on the text differs.
    """
    original, marked = _lines(original), _lines(marked)
    inner = original.strip()
    start = original[: len(original) - len(original.lstrip())]
    end = original[len(original.rstrip()) :] if inner else ""
    tokens = list(_tokens_in(marked.strip(), inner))
    found = align(inner, tokens)
    if not isinstance(found, list):
        raise NotACut(_complaint(tokens, found))
    return plainest([{"text": start}, *found, {"text": end}])


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
        segments += [{"text": marked[position : found.start()]}, {"redacted": found[1]}]
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


def _lines(text: str) -> str:
    """Line ends in one form: browsers send another than was stored."""
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
            plain[-1]["text"] += _lines(text)
        elif text:
            plain.append({"text": _lines(text)})
    if len(plain) > 2 * MOST_MARKS:
        raise NotACut
    return plain


def _tokens_of(segments: Sequence[Segment]) -> list[Token]:
    return [
        Token(reason=each["redacted"]) if "redacted" in each else Token(text=each["text"])
        for each in segments
    ]


def _tokens_in(marked: str, original: str) -> Iterator[Token]:
    """Yield texts and marks of what a moderator typed; marks the submitter wrote may be either."""
    position = 0
    for count, found in enumerate(_MARK.finditer(marked)):
        if count >= MOST_MARKS:
            raise NotACut(_("There are too many marks."))
        if found.start() > position:
            yield Token(text=marked[position : found.start()])
        own = found[0] if found[0] in original else ""
        yield Token(text=own, reason=found[1])
        position = found.end()
    if position < len(marked):
        yield Token(text=marked[position:])


def _complaint(tokens: Sequence[Token], failed_at: int) -> str:
    """Say what is wrong, with the words at which it goes wrong."""
    if failed_at >= len(tokens):
        return _("The end of the text is missing. Put a mark in its place.")
    token = tokens[failed_at]
    if not token.text:
        return _("A mark must replace a passage; %(mark)s takes nothing out.") % {
            "mark": mark(token.reason)
        }
    words = " ".join(token.text.split())
    return _(
        "The text differs from the original in or after “%(words)s”. Only leave out passages, and "
        "put a mark in place of each."
    ) % {"words": words if len(words) <= 60 else f"{words[:60]}…"}
