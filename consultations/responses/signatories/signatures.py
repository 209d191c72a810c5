"""
What signatories sign, and who of them stands for it.

A confirmation holds the digest of what was confirmed. Once something else stands there it confirms
nothing any more, and whoever gave it is asked again. Nobody else sets that right: neither the lead
nor staff can confirm for a signatory. The lead has every link, so a link alone confirms nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Any, NamedTuple

from django.utils.crypto import constant_time_compare, salted_hmac

from consultations.questionnaires.parts import Questionnaire
from consultations.questionnaires.types import Question
from consultations.responses.answers.mapping import counting
from consultations.responses.models import (
    Draft,
    Identity,
    Response,
    ResponseVersion,
    Signatory,
    Status,
)
from portal.notifications.rate_limits import mailbox_of
from portal.record.hashing import canonical

MOST = 200
# By what the hash goes of who gives an answer, among those of its answers by question.
WHO = ""
# Where there is something to sign, or to take one's name back from.
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


def at_stake(draft: Draft | None, questionnaire: Questionnaire) -> int:
    """Return how many have confirmed a draft as it is now: a change of it asks them again."""
    if draft is None or not may_have_signatories(draft):
        return 0
    digest = text_of_draft(draft, questionnaire).digest
    return sum(each.signed_digest == digest for each in _confirmed(draft))


def lost(draft: Draft, questionnaire: Questionnaire) -> list[Signatory]:
    """Return those who confirmed other words than a draft now has, in the order of the list."""
    if not may_have_signatories(draft):
        return []
    digest = text_of_draft(draft, questionnaire).digest
    return [each for each in _confirmed(draft) if each.signed_digest != digest]


def _confirmed(draft: Draft) -> Iterable[Signatory]:
    listed = Signatory.objects.of_answer(draft=draft.pk, response=draft.response_id)
    return listed.exclude(confirmed_on=None)


def hashes_of(signatory: Signatory, text: Text) -> dict[str, str]:
    """
    Return a hash of each answer, by question, and of who gives them, to tell later what changed.

    Keyed, and of this signatory alone: from an answer of one word it could be guessed otherwise.
    No word that the lead takes out is kept by it.
    """
    said: dict[str, Any] = {**text.answers}
    said[WHO] = [text.identity, text.name, text.organisation_name]
    return {
        key: salted_hmac(
            "consultations.responses.signed",
            canonical({"by": signatory.pk, "of": key, "said": each}),
            algorithm="sha256",
        ).hexdigest()[:32]
        for key, each in said.items()
    }


class Change(NamedTuple):
    """Difference to what a signatory confirmed: the question, and changed, new or gone."""

    question: Question
    how: str


def changes_since(
    signatory: Signatory, text: Text, questionnaire: Questionnaire
) -> tuple[bool, list[Change]]:
    """Return whether another now gives the answer, and what changed in it since it was signed."""
    before, now = signatory.signed_parts, hashes_of(signatory, text)
    changes = []
    for question in questionnaire.questions:
        was, is_now = before.get(question.id), now.get(question.id)
        if was != is_now:
            how = "new" if was is None else "gone" if is_now is None else "changed"
            changes.append(Change(question, how))
    return before.get(WHO) != now[WHO], changes


def mailbox_hash(signatory: Signatory, address: str) -> str:
    """
    Return what is kept of an address that confirmed: keyed, and of this signatory alone.

    So no two hashes of one mailbox are alike, on one list or on several.
    """
    told = f"{signatory.pk} {mailbox_of(address)}"
    return salted_hmac("consultations.responses.mailbox", told, algorithm="sha256").hexdigest()


def has_confirmed(signatory: Signatory, address: str) -> bool:
    """Say whether this signatory confirmed from this mailbox, once at least."""
    return bool(signatory.mailbox_hash) and constant_time_compare(
        signatory.mailbox_hash, mailbox_hash(signatory, address)
    )


def named(people: Iterable[Signatory]) -> set[tuple[str, str]]:
    """Return by what two entries of a list are the same."""
    return {name_key(each.name, each.organisation_name) for each in people}


def name_key(name: str, organisation: str) -> tuple[str, str]:
    """Name and organisation without regard to capitals."""
    return name.casefold(), organisation.casefold()
