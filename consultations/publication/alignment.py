"""
Whether a text with gaps is another text with passages taken out.

The work is a walk over the tokens, depth first, that takes a piece of text where it comes first.
After a gap a piece may begin anywhere further on; whatever can be reached from a later place can be
reached from an earlier one, so no token is tried after a gap twice. That keeps the walk within
(number of tokens × length of the text), however often a word repeats.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

Segment = dict[str, str]


class Token(NamedTuple):
    """A text, or a gap with its reason; with both it is either, the text being tried first."""

    text: str = ""
    reason: str = ""


class _State(NamedTuple):
    """Before token `index`, with the original read up to `position`; after a gap, at least so."""

    index: int
    position: int
    after_gap: bool
    taken: "_Taken | None"


class _Taken(NamedTuple):
    segment: Segment
    before: "_Taken | None"


def align(original: str, tokens: Sequence[Token]) -> list[Segment] | int:
    """
    The tokens as segments whose texts are `original` with passages taken out, or where they fail.

    Every gap takes out something other than white space. Where they do not fit, the answer is the
    index of the first token that nothing fits to, or the number of tokens where text is left over.
    """
    furthest = 0
    tried_from: dict[int, int] = {}
    waiting = [iter([_State(0, 0, False, None)])]
    while waiting:
        state = next(waiting[-1], None)
        if state is None:
            waiting.pop()
            continue
        if state.after_gap:
            if tried_from.get(state.index, len(original) + 1) <= state.position:
                continue
            tried_from[state.index] = state.position
        furthest = max(furthest, state.index)
        if state.index < len(tokens):
            waiting.append(_steps(original, tokens, state))
        elif state.after_gap or state.position == len(original):
            return _in_order(state.taken)
    return furthest


def _steps(original: str, tokens: Sequence[Token], state: _State) -> Iterator[_State]:
    """Every way to take the next token."""
    text, reason = tokens[state.index]
    following = state.index + 1
    if text:
        taken = _Taken({"text": text}, state.taken)
        rest = tokens[following:]
        for place in _places(original, text, state, rest):
            yield _State(following, place + len(text), False, taken)
    if reason:
        end = _after_something(original, state.position)
        if end is not None:
            yield _State(following, end, True, _Taken({"redacted": reason}, state.taken))


def _places(original: str, text: str, state: _State, rest: Sequence[Token]) -> Iterator[int]:
    """
    Where a text may stand: here, or after a gap anywhere from here.

    Before another gap only the first such place matters, at the end only the last.
    """
    if not state.after_gap:
        if original.startswith(text, state.position):
            yield state.position
        return
    if not rest:
        place = len(original) - len(text)
        if place >= state.position and original.endswith(text):
            yield place
        return
    if not rest[0].text:
        place = original.find(text, state.position)
        if place >= 0:
            yield place
        return
    place = original.find(text, state.position)
    while place >= 0:
        yield place
        place = original.find(text, place + 1)


def _after_something(original: str, position: int) -> int | None:
    """The end of the shortest passage from here that is more than white space."""
    for place in range(position, len(original)):
        if not original[place].isspace():
            return place + 1
    return None


def _in_order(taken: _Taken | None) -> list[Segment]:
    segments = []
    while taken:
        segments.append(taken.segment)
        taken = taken.before
    return segments[::-1]
