"""
Whether a text with gaps is another text with passages taken out.

The tokens are taken one by one, all ways at once. After a text it counts up to where the original
was read; after a gap only the first place from which it may go on, since whatever can be reached
from a later place can be reached from that. So the work is bounded by the number of tokens times
the number of places of a piece, however often a word repeats.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

Segment = dict[str, str]
START = 0


class Token(NamedTuple):
    """A text, or a gap with its reason; with both it is either, the text where that fits."""

    text: str = ""
    reason: str = ""


class _Way(NamedTuple):
    """The last segment on a way here, and the way before it."""

    segment: Segment
    before: "_Way | None"


class _Reached(NamedTuple):
    """
    A measure of how far the original may be read before a token.

    `exactly` maps each end of a text to the way there; `gap` is the first place from which it may
    go on after a gap, with the way there.
    """

    exactly: dict[int, _Way | None]
    gap: tuple[int, _Way] | None = None


def align(original: str, tokens: Sequence[Token]) -> list[Segment] | int:
    """
    Align the tokens as segments of `original` with passages taken out, or say where they fail.

    Every gap takes out something other than white space. Where they do not fit, the answer is the
    index of the first token that nothing fits to, or the number of tokens where text is left over.
    """
    reached = _Reached({START: None})
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        reached = _Reached(
            _after_text(original, token, reached, following) if token.text else {},
            _after_gap(original, token, reached) if token.reason else None,
        )
        if not reached.exactly and reached.gap is None:
            return index
    if len(original) in reached.exactly:
        return _in_order(reached.exactly[len(original)])
    return len(tokens) if reached.gap is None else _in_order(reached.gap[1])


def _after_text(
    original: str, token: Token, reached: _Reached, following: Token | None
) -> dict[int, _Way | None]:
    """Return where a text may end: it follows on a text at once, or on a gap anywhere later."""
    text = token.text
    ends: dict[int, _Way | None] = {}
    if reached.gap:
        start, way = reached.gap
        for place in _places(original, text, start, following):
            ends[place + len(text)] = _Way({"text": text}, way)
    for place, before in reached.exactly.items():
        # Where both lead here, the one with fewer gaps counts.
        if original.startswith(text, place):
            ends[place + len(text)] = _Way({"text": text}, before)
    return ends


def _after_gap(original: str, token: Token, reached: _Reached) -> tuple[int, _Way] | None:
    """Return the first place to go on from after a gap that takes out more than white space."""
    starts = list(reached.exactly.items())
    if reached.gap:
        starts.append(reached.gap)
    if not starts:
        return None
    start, way = min(starts, key=lambda pair: pair[0])
    for place in range(start, len(original)):
        if not original[place].isspace():
            return place + 1, _Way({"redacted": token.reason}, way)
    return None


def _places(original: str, text: str, start: int, following: Token | None) -> Iterator[int]:
    """
    Yield the places where a text may begin after a gap.

    At the end only the last such place matters; before a gap only the first; before what may be
    either, those that its text follows as well.
    """
    if following is None:
        place = len(original) - len(text)
        if place >= start and original.endswith(text):
            yield place
        return
    if following.reason:
        place = original.find(text, start)
        if place >= 0:
            yield place
    if following.text:
        longer = text + following.text
        place = original.find(longer, start)
        while place >= 0:
            yield place
            place = original.find(longer, place + 1)


def _in_order(way: _Way | None) -> list[Segment]:
    segments = []
    while way:
        segments.append(way.segment)
        way = way.before
    return segments[::-1]
