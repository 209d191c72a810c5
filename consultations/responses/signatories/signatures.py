"""
What signatories sign, and who of them stands for it.

A confirmation holds the digest of what was confirmed. Once something else stands there it confirms
nothing any more, and whoever gave it is asked again. Nobody else sets that right: neither the lead
nor staff can confirm for a signatory.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Any

from consultations.questionnaires.parts import Questionnaire
from consultations.responses.answers.mapping import counting
from consultations.responses.models import (
    Draft,
    Identity,
    Response,
    ResponseVersion,
    Signatory,
    Status,
)
from portal.record.hashing import canonical

MOST = 200
# Where a confirmation can still come to anything.
SIGNABLE = frozenset(
    {Status.RECEIVED, Status.CLARIFICATION, Status.ACCEPTED, Status.PUBLISHED, Status.REMOVED}
)


class Standing(Enum):
    """Standing of a signatory to what is written now."""

    CONFIRMED = "confirmed"
    CHANGED = "changed"  # confirmed other words than these
    WAITING = "waiting"


@dataclass(frozen=True)
class Text:
    """Text to sign: by whom it is given, and the answers that count. `digest` names it whole."""

    name: str
    organisation_name: str
    answers: Mapping[str, Any]
    identity: str

    @property
    def digest(self) -> str:
        """Return the SHA-256, in hex, of all that a signatory puts their name to."""
        signed = {
            "identity": self.identity,
            "name": self.name,
            "organisation_name": self.organisation_name,
            "answers": self.answers,
        }
        return sha256(canonical(signed).encode()).hexdigest()


def text_of_draft(draft: Draft, questionnaire: Questionnaire) -> Text:
    """Return what would be sent if the draft were sent now."""
    return Text(
        name=draft.details.get("name", ""),
        organisation_name=draft.details.get("organisation_name", ""),
        answers=counting(questionnaire, draft.answers),
        identity=draft.identity,
    )


def text_of_version(version: ResponseVersion) -> Text:
    """Return what was sent."""
    return Text(version.name, version.organisation_name, version.answers, version.identity)


def may_have_signatories(draft: Draft) -> bool:
    """Say whether others may sign it too: not where it has no name."""
    return draft.identity != Identity.ANONYMOUS


def standing(signatory: Signatory, digest: str = "") -> Standing:
    """
    Return how a signatory stands to a text with this digest.

    Without it the text is what was sent last: sending emptied every confirmation of another.
    """
    if signatory.confirmed_on and (not digest or signatory.signed_digest == digest):
        return Standing.CONFIRMED
    return Standing.CHANGED if signatory.signed_digest else Standing.WAITING


@dataclass(frozen=True)
class Signed:
    """Those who sign an answer together, in the order of the list, each with how they stand."""

    rows: list[tuple[Signatory, Standing]]

    @property
    def confirmed(self) -> int:
        return sum(each is Standing.CONFIRMED for _signatory, each in self.rows)

    @property
    def waiting(self) -> int:
        """Return how many have still to confirm, those who confirmed other words among them."""
        return len(self.rows) - self.confirmed

    def __len__(self) -> int:
        return len(self.rows)


def signed_of(
    draft: Draft | None, response: Response | None, questionnaire: Questionnaire
) -> Signed:
    """Return the signatories of a draft, and those of what was sent before: a query for each."""
    rows: list[tuple[Signatory, Standing]] = []
    if response is not None:
        rows += [(each, standing(each)) for each in response.signatories.all()]
    if draft is not None and may_have_signatories(draft):
        digest = text_of_draft(draft, questionnaire).digest
        rows += [(each, standing(each, digest)) for each in draft.signatories.all()]
    return Signed(rows)


def named(people: Iterable[Signatory]) -> set[tuple[str, str]]:
    """Return by what two entries of a list are the same."""
    return {name_key(each.name, each.organisation_name) for each in people}


def name_key(name: str, organisation: str) -> tuple[str, str]:
    """Name and organisation without regard to capitals."""
    return name.casefold(), organisation.casefold()
