"""What was sent, entered in the record; `record_audit` holds the two against each other."""

from datetime import datetime
from typing import Any

from consultations.responses.models import Response, ResponseVersion, StatusEvent
from portal.record.actions import append
from portal.record.hashing import content_digest, new_salt

SUBMITTED, WITHDRAWN = "response.submitted", "response.withdrawn"
FILE_ADDED, LEFT_OUT = "response.file-added", "response.left-out"
# The same words once more, under a salt that nobody was given: what stays when a tie is cut.
KEPT = "response.kept"
STATING = (SUBMITTED, KEPT)
# Why entries of submissions are erased whose words stay, without a word on which they are.
UNTIED = "the tie to its writer was cut"
TRANSLATION_CHOSEN = "response.translation-chosen"
CHOICES = (StatusEvent.Kind.TRANSLATION_CHOSEN, StatusEvent.Kind.OWN_WORDS_CHOSEN)


def changes_of_choice(response: Response) -> int:
    """Return how often it was chosen anew, after sending, how the response is to be published."""
    return response.events.filter(kind__in=CHOICES).count()


def enter(version: ResponseVersion, *, kind: str, at: datetime) -> None:
    """
    Give a version a new salt, the digest made with it, and a sealed entry that states both.

    Inside the caller's transaction; the version is not saved.
    """
    salt = new_salt()
    version.salt = salt
    version.content_digest = content_digest(salt, version.content())
    entry = append(kind=kind, statement=stated_by(version), public=False, at=at, salt=salt)
    version.record_leaf = entry.leaf


def stated_by(version: ResponseVersion) -> dict[str, Any]:
    """Return what the entry of a version states."""
    return {
        "reference": version.response.reference,
        "version": version.number,
        "consultation": version.response.consultation.docket,
        "content_digest": version.content_digest,
    }
