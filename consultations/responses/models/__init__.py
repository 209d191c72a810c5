"""Answers to a consultation: drafts, what was sent, and what happened to it."""

from consultations.responses.models.choices import (
    Channel,
    Handling,
    Identity,
    LateReason,
    LegalBasis,
    Proof,
    Status,
)
from consultations.responses.models.drafts import Draft, Signatory
from consultations.responses.models.files import SentFile
from consultations.responses.models.following import Clarification, Contact, StatusEvent
from consultations.responses.models.handles import Handle
from consultations.responses.models.late_tokens import LateToken
from consultations.responses.models.numbered import Numbered, next_number, one_a_number
from consultations.responses.models.paper import EntryIsFinal, PaperEntry
from consultations.responses.models.responses import ImmutableVersion, Response, ResponseVersion
from consultations.responses.models.signature_requests import SignatureRequest

__all__ = [
    "Channel",
    "Clarification",
    "Contact",
    "Draft",
    "EntryIsFinal",
    "Handle",
    "Handling",
    "Identity",
    "ImmutableVersion",
    "LateReason",
    "LateToken",
    "LegalBasis",
    "Numbered",
    "PaperEntry",
    "Proof",
    "Response",
    "ResponseVersion",
    "SentFile",
    "Signatory",
    "SignatureRequest",
    "Status",
    "StatusEvent",
    "next_number",
    "one_a_number",
]
