"""
Whether a text with gaps is another text with passages taken out.

The tokens are taken one by one, all ways at once. After a text it counts up to where the original
was read; after a gap only the first place from which it may go on, since whatever can be reached
from a later place can be reached from that. So the work is bounded by the number of tokens times
the number of places of a piece, however often a word repeats.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

Segment = dict[str, str]
START = 0
# Of the places that a text may have, how many are looked at to say where it goes wrong.
MOST_TRIED = 50


class Token(NamedTuple):
    """A text, or a gap with its reason; with both it is either, the text where that fits."""

    text: str = ""
    reason: str = ""


class Cut(NamedTuple):
    """A passage of the original that is taken out: from `start` to before `end`."""

    start: int
    end: int
    reason: str


class Difference(NamedTuple):
    """
    A place where the tokens stop being the original's.

    `token` is the index of the first that does not fit, or their number where text is left over;
    so many characters of it fit, and they lead to `place` in the original. `before` is the place
    where the gap before it begins, if one is there.
    """

    token: int
    fits: int
    place: int
    before: int | None = None


class _Way(NamedTuple):
    """The last segment on a way here, where it begins, and the way before it."""

    segment: Segment
    start: int
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
    index, reached = _read(original, tokens)
    ways = _ways_to_the_end(original, reached) if index == len(tokens) else None
    return index if ways is None else [way.segment for way in ways]


def cuts_in(original: str, tokens: Sequence[Token]) -> list[Cut] | Difference:
    """Return the passages that the tokens take out, in order, or where they fail to fit."""
    index, reached = _read(original, tokens)
    ways = _ways_to_the_end(original, reached) if index == len(tokens) else None
    if ways is None:
        return _difference(original, tokens, index, reached)
    ends = [*(way.start for way in ways[1:]), len(original)]
    return [
        Cut(way.start, end, way.segment["redacted"])
        for way, end in zip(ways, ends, strict=True)
        if "redacted" in way.segment
    ]


def _read(original: str, tokens: Sequence[Token]) -> tuple[int, _Reached]:
    """Read the tokens as far as they fit: how many, and what was reached before the next."""
    reached = _Reached({START: None})
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        further = _Reached(
            _after_text(original, token, reached, following) if token.text else {},
            _after_gap(original, token, reached) if token.reason else None,
        )
        if not further.exactly and further.gap is None:
            return index, reached
        reached = further
    return len(tokens), reached


def _ways_to_the_end(original: str, reached: _Reached) -> list[_Way] | None:
    if len(original) in reached.exactly:
        return _in_order(reached.exactly[len(original)])
    return None if reached.gap is None else _in_order(reached.gap[1])


def _difference(
    original: str, tokens: Sequence[Token], index: int, reached: _Reached
) -> Difference:
    """Find how far into the token at `index` the original can be followed at most."""
    text = tokens[index].text if index < len(tokens) else ""
    found = [
        Difference(index, _length(text, original, place), place)
        for place in sorted(reached.exactly)[-MOST_TRIED:]
    ]
    if reached.gap:
        start, way = reached.gap
        length = _longest(text, original, start)
        place = original.rfind(text[:length], start) if length else start
        found.append(Difference(index, length, place, way.start))
    best = max(found, key=lambda each: (each.fits, each.place))
    return best._replace(place=best.place + best.fits)


def _length(text: str, original: str, place: int) -> int:
    """Return how many characters of a text stand in the original at a place."""
    pairs = zip(text, original[place : place + len(text)], strict=False)
    return sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _longest(text: str, original: str, start: int) -> int:
    """Return how many characters of a text stand together anywhere from a place on."""
    fits, too_many = 0, len(text) + 1
    while too_many - fits > 1:
        tried = (fits + too_many) // 2
        if original.find(text[:tried], start) >= 0:
            fits = tried
        else:
            too_many = tried
    return fits


def _after_text(
    original: str, token: Token, reached: _Reached, following: Token | None
) -> dict[int, _Way | None]:
    """Return where a text may end: it follows on a text at once, or on a gap anywhere later."""
    text = token.text
    ends: dict[int, _Way | None] = {}
    if reached.gap:
        start, way = reached.gap
        for place in _places(original, text, start, following):
            ends[place + len(text)] = _Way({"text": text}, place, way)
    for place, before in reached.exactly.items():
        # Where both lead here, the one with fewer gaps counts.
        if original.startswith(text, place):
            ends[place + len(text)] = _Way({"text": text}, place, before)
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
            return place + 1, _Way({"redacted": token.reason}, start, way)
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


def _in_order(way: _Way | None) -> list[_Way]:
    ways = []
    while way:
        ways.append(way)
        way = way.before
    return ways[::-1]
