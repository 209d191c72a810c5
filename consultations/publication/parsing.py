"""
What a moderator types over an answer: its text, with a mark in place of each passage left out.

White space is no matter: of what stays, the submitter's own is kept. Everything else that differs
is refused, with the mark or the words that do and the place where they stand.
"""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import NamedTuple

from django.utils.translation import gettext as _

from consultations.publication.alignment import Cut, Difference, Token, align, cuts_in
from consultations.publication.errors import NotACut
from consultations.publication.redaction import (
    MOST_MARKS,
    RedactionReason,
    Segment,
    lines,
    mark,
    plainest,
    reason_spelled,
)

_MARK = re.compile(r"\[\[([^\[\]\n]{1,60})\]\]")
# What somebody may have meant as a mark, with a bracket too few or too many.
_HALF_A_MARK = re.compile(r"\[{1,3}([^\[\]\n]{1,60})\]{0,3}|([\w-]{1,60})\]{1,3}")
MOST_NAMED = 5
FEW_WORDS = 4
# So many characters that stand elsewhere as well are taken for the same passage.
SAME = 12


class Typed(NamedTuple):
    """A token with the place in the typed text from which it was read."""

    token: Token
    start: int


def parse_marked(original: str, marked: str) -> list[Segment]:
    """
    Return the segments of a text in which a moderator has put `[[reason]]` for passages.

    Marks are known by the reason's code or words, capitals aside. What stands as `[[abuse]]` in the
    submitter's own text stays text. White space and line ends may differ. Raises NotACut, whose
    message says which mark or which words are wrong, and where.
    """
    original, marked = lines(original), lines(marked)
    _require_marks(original, marked)
    typed = _tokens_in(marked, original)
    return _exactly(original, marked) or _with_other_spaces(original, marked, typed)


def _exactly(original: str, marked: str) -> list[Segment] | None:
    """Return the segments if what stays is as it was sent, to the sign; not asked of both ends."""
    inner = original.strip()
    start = original[: len(original) - len(original.lstrip())]
    end = original[len(original.rstrip()) :] if inner else ""
    found = align(inner, [each.token for each in _tokens_in(marked.strip(), inner)])
    return plainest([{"text": start}, *found, {"text": end}]) if isinstance(found, list) else None


def _with_other_spaces(original: str, marked: str, typed: Sequence[Typed]) -> list[Segment]:
    """Return the segments by what is seen alone. Raises NotACut."""
    places = [place for place, sign in enumerate(original) if not sign.isspace()]
    packed = [
        Typed(each.token._replace(text=_packed(each.token.text)), each.start)
        for each in typed
        if _packed(each.token.text) or each.token.reason
    ]
    found = cuts_in(_packed(original), [each.token for each in packed])
    if isinstance(found, Difference):
        raise _complaint(original, marked, packed, found, places)
    segments, position = [], 0
    for start, end, reason in (_unpacked(each, places) for each in found):
        segments += [{"text": original[position:start]}, {"redacted": reason}]
        position = end
    return plainest([*segments, {"text": original[position:]}])


def _packed(text: str) -> str:
    """Return a text without its white space."""
    return "".join(text.split())


def _unpacked(cut: Cut, places: Sequence[int]) -> Cut:
    """Return where a passage stands in the text with its white space."""
    return Cut(places[cut.start], places[cut.end - 1] + 1, cut.reason)


def _tokens_in(marked: str, original: str) -> list[Typed]:
    """Return texts and marks of what was typed; marks the submitter wrote may be either."""
    found, position, count = [], 0, 0
    for each in _MARK.finditer(marked):
        reason = reason_spelled(each[1])
        if reason is None:  # the submitter's own, or it would have been refused
            continue
        count += 1
        if count > MOST_MARKS:
            raise NotACut(_("There are too many marks."))
        if each.start() > position:
            found.append(Typed(Token(text=marked[position : each.start()]), position))
        own = each[0] if each[0] in original else ""
        found.append(Typed(Token(text=own, reason=reason), each.start()))
        position = each.end()
    if position < len(marked):
        found.append(Typed(Token(text=marked[position:]), position))
    return found


def _require_marks(original: str, marked: str) -> None:
    """Refuse marks that name no reason, all at once: NotACut."""
    wrong = [
        each
        for each in _MARK.finditer(marked)
        if reason_spelled(each[1]) is None and each[0] not in original
    ]
    between = _MARK.sub(lambda each: "\n" * len(each[0]), marked)
    wrong += [
        each
        for each in _HALF_A_MARK.finditer(between)
        if each[0] not in original and reason_spelled(each[1] or each[2] or "")
    ]
    if wrong:
        wrong.sort(key=lambda each: each.start())
        said = [_of_mark(marked, each) for each in wrong[:MOST_NAMED]]
        raise NotACut(" ".join(said), at=_in_browser(marked, *wrong[0].span()))


def _of_mark(marked: str, wrong: re.Match[str]) -> str:
    """Say which mark is none, and which one may have been meant."""
    words = next(filter(None, wrong.groups()))
    meant = reason_spelled(words)
    if meant is None:
        close = get_close_matches(words.casefold(), RedactionReason.values, 1, 0.6)
        meant = close[0] if close else None
    named = {"line": _line(marked, wrong.start()), "typed": wrong[0]}
    if meant is None:
        return _("Line %(line)d: “%(typed)s” is not a mark. The marks are in the list.") % named
    return _("Line %(line)d: “%(typed)s” is not a mark. Write “%(mark)s”.") % {
        **named,
        "mark": mark(meant),
    }


def _complaint(
    original: str,
    marked: str,
    typed: Sequence[Typed],
    found: Difference,
    places: Sequence[int],
) -> NotACut:
    """Return a refusal that names the words that differ, and where they stand."""
    place = places[found.place] if found.place < len(places) else len(original)
    if found.fits:
        place = places[found.place - 1] + 1
    if found.token == len(typed):
        end = len(marked)
        words = _beginning(original[place:])
        told = _("The end of the text is missing, from “%(words)s” on. Put a mark in its place.")
        return NotACut(told % {"words": words}, at=_in_browser(marked, end, end))
    token, start = typed[found.token]
    if not token.text:
        return _takes_nothing_out(marked, start)
    position = _position(marked, start, found.fits)
    rest = marked[position : _end(typed, found.token, marked)]
    before_gap = None if found.before is None else places[found.before]
    if before_gap is not None and _follows(_beginning(rest, 1), original[before_gap:]):
        return _takes_nothing_out(marked, typed[found.token - 1].start)
    return _of_words(original, marked, place, position, rest)


def _of_words(original: str, marked: str, place: int, position: int, rest: str) -> NotACut:
    """Name the words: missing, added, or written otherwise."""
    end = position + len(rest)
    if _is_within_word(marked, position) or _is_within_word(original, place):
        position, place = _word_start(marked, position), _word_start(original, place)
    rest, sent = marked[position:end], original[place:]
    position += len(rest) - len(rest.lstrip())
    where = _where(marked, position)
    missing = _up_to(sent, rest) if rest.strip() else sent
    added = _up_to(rest, sent) if sent.strip() else rest.strip()
    if missing:
        # Translators: where is “Line 3”, or “Line 3, after “some words””.
        told = _(
            "%(where)s: the words “%(words)s” are missing. Put a mark in their place, or write "
            "them again."
        ) % {"where": where, "words": _beginning(missing)}
        return NotACut(told, at=_in_browser(marked, position, position))
    if added:
        told = _("%(where)s: the words “%(words)s” are not in the text that was sent.")
        told %= {"where": where, "words": _beginning(added)}
        return NotACut(told, at=_in_browser(marked, position, position + len(added)))
    here = _beginning(marked[position:end], 2)
    told = _(
        "%(where)s: it says “%(typed)s”, and the text that was sent says “%(sent)s”. Write it "
        "as it was sent, or put a mark in its place."
    ) % {
        "where": where,
        "typed": here,
        "sent": _beginning(original[place:], 2),
    }
    return NotACut(told, at=_in_browser(marked, position, position + len(here)))


def _takes_nothing_out(marked: str, start: int) -> NotACut:
    found = _MARK.match(marked, start)
    typed = found[0] if found else ""
    # Translators: a mark stands for a passage that is left out.
    told = _("%(where)s: “%(mark)s” takes nothing out. Put it in place of a passage.") % {
        "where": _where(marked, start),
        "mark": typed,
    }
    return NotACut(told, at=_in_browser(marked, start, start + len(typed)))


def _position(marked: str, start: int, seen: int) -> int:
    """Return the place after so many characters that are not white space."""
    place = start
    while seen and place < len(marked):
        seen -= not marked[place].isspace()
        place += 1
    return place


def _end(typed: Sequence[Typed], index: int, marked: str) -> int:
    return typed[index + 1].start if index + 1 < len(typed) else len(marked)


def _up_to(text: str, other: str) -> str:
    """Return what stands in a text before the beginning of the other; "" if that is not in it."""
    wanted = _packed(other)[:SAME]
    packed = _packed(text)
    place = packed.find(wanted) if wanted else -1
    end = _position(text, 0, place) if place > 0 else 0
    return "" if _is_within_word(text, end) else text[:end].strip()


def _follows(word: str, text: str) -> bool:
    return bool(word) and _packed(text).startswith(_packed(word))


def _is_within_word(text: str, place: int) -> bool:
    around = text[max(place - 1, 0) : place + 1]
    return place > 0 and len(around) == 2 and around.isalnum()


def _word_start(text: str, place: int) -> int:
    while place > 0 and not text[place - 1].isspace():
        place -= 1
    return place


def _line(marked: str, place: int) -> int:
    return marked.count("\n", 0, place) + 1


def _where(marked: str, place: int) -> str:
    """Say the line and the few words before a place."""
    line = _line(marked, place)
    before = " ".join(marked[:place].split("\n")[-1].split()[-FEW_WORDS:])
    if not before:
        return _("Line %(line)d") % {"line": line}
    return _("Line %(line)d, after “%(words)s”") % {"line": line, "words": before}


def _beginning(text: str, words: int = 2 * FEW_WORDS) -> str:
    """Return the first few words of a text, and a sign that it goes on."""
    all_words = text.split()
    shown = " ".join(all_words[:words])[:80]
    return shown if words <= 2 or len(all_words) <= words else f"{shown} …"


def _in_browser(text: str, start: int, end: int) -> tuple[int, int]:
    """Return two places as scripts count them, which take some signs for two."""
    before, within = text[:start], text[start:end]
    first = len(before.encode("utf-16-le")) // 2
    return first, first + len(within.encode("utf-16-le")) // 2
