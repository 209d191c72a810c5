"""
What could not be read of a form, kept with the draft that was begun from it.

A note has `text`, a sentence for its owner; `question`, the id of the question it is about, or "";
and `typed`, what was written there as the browser would send it, so that the form of its part shows
it with what is wrong. It goes once the question is answered, at the latest when the draft is sent.
"""

from collections.abc import Collection, Mapping
from typing import Any

NOTES = "form_notes"


def notes_in(details: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the notes among a draft's details, in the order of the form."""
    return list(details.get(NOTES, ()))


def without_notes(
    details: Mapping[str, Any], questions: Collection[str] | None = None
) -> dict[str, Any]:
    """Return details without the notes about some questions; None is all of them."""
    left = [
        note
        for note in notes_in(details)
        if questions is not None and note.get("question") not in questions
    ]
    kept = {key: value for key, value in details.items() if key != NOTES}
    return {**kept, NOTES: left} if left else kept
