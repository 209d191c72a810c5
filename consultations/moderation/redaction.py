"""Where passages were cut from a text, without the passages: what undoing a redaction goes by."""

from collections.abc import Mapping, Sequence
from typing import Any

Segments = Sequence[Mapping[str, str]]


def cuts_of(segments: Segments, original: str) -> list[list[Any]]:
    """
    Return the places of what is left out, `[[start, end, reason], …]`, in characters of `original`.

    Line ends count as one character. Raises ValueError where the segments are not `original` with
    passages left out.
    """
    original = original.replace("\r\n", "\n").replace("\r", "\n")
    cuts: list[list[Any]] = []
    place = 0
    for number, segment in enumerate(segments):
        if "redacted" in segment:
            cuts.append([place, len(original), segment["redacted"]])
            place += 1  # a mark stands for something
            continue
        text = segment["text"]
        start = place
        if cuts and cuts[-1][1] == len(original):
            last = number == len(segments) - 1
            start = len(original) - len(text) if last else original.find(text, place)
            cuts[-1][1] = start
        if start < place or original[start : start + len(text)] != text:
            raise ValueError("these segments do not come from this text")
        place = start + len(text)
    if place < len(original) and not (segments and "redacted" in segments[-1]):
        raise ValueError("these segments do not come from this text")
    return cuts


def segments_of(cuts: Sequence[Sequence[Any]], original: str) -> list[dict[str, str]]:
    """Do the inverse: leave these passages out of `original`; whole where there are none."""
    original = original.replace("\r\n", "\n").replace("\r", "\n")
    segments: list[dict[str, str]] = []
    place = 0
    for start, end, reason in cuts:
        if start > place:
            segments.append({"text": original[place:start]})
        segments.append({"redacted": reason})
        place = end
    if place < len(original) or not segments:
        segments.append({"text": original[place:]})
    return segments
