"""
The published policy of screening: what can be decided, for which reasons, and what each means.

Reasons are shown to whoever answered and, added up, to everybody. Passages left out of a public
copy have reasons of their own (`publication.redaction`).
"""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.moderation.errors import ReasonDoesNotGo
from consultations.responses.models import Handling


class Verb(models.TextChoices):
    """Verbs for what screening staff do with a response."""

    ACCEPT = "accept", pgettext_lazy("what staff did", "Accepted")
    ASK = "ask", _("Asked for clarification")
    PROPOSE_REJECTION = "propose-rejection", _("Proposed rejection")
    CONFIRM_REJECTION = "confirm-rejection", _("Confirmed rejection")
    DECLINE_REJECTION = "decline-rejection", _("Declined rejection")
    REDACT = "redact", _("Redacted the public copy")
    TRANSLATE = "translate", pgettext_lazy("what staff did", "Translated")
    PUBLISH = "publish", pgettext_lazy("what staff did", "Published")
    PROPOSE_QUESTION = "propose-question", _("Proposed a question")
    DECLINE_QUESTION = "decline-question", _("Declined the question")
    PROPOSE_REMOVAL = "propose-removal", _("Proposed removal")
    HIDE = "hide", _("Removed at once")
    CONFIRM_REMOVAL = "confirm-removal", _("Confirmed removal")
    DECLINE_REMOVAL = "decline-removal", _("Declined removal")
    REMOVE = "remove", pgettext_lazy("what staff did", "Removed from publication")
    PROPOSE_RETURN = "propose-return", _("Proposed to publish again")
    CONFIRM_RETURN = "confirm-return", pgettext_lazy("what staff did", "Published again")
    DECLINE_RETURN = "decline-return", _("Declined to publish again")
    GRANT_APPEAL = "grant-appeal", _("Granted an appeal")
    REFUSE_APPEAL = "refuse-appeal", _("Did not grant an appeal")
    TAKE_UP_DISPUTE = "take-up-dispute", _("Took up a dispute")
    DECIDE_DISPUTE = "decide-dispute", _("Decided a dispute")
    # Translators: past tense, as all that staff did: somebody undid an act.
    UNDO = "undo", _("Undid")
    NOTE = "note", _("Noted")


class Reason(models.TextChoices):
    """The codes for accepting, rejecting and removing a whole response."""

    WITHIN_RULES = "within-rules", _("Within the rules")
    AT_RISK = "at-risk", _("A name would put somebody at risk")
    CLAIM_HOLDS = "claim-holds", _("The claim of confidentiality holds")
    LATE_ACCEPTED = "late-accepted", _("Late, and accepted")
    OFF_TOPIC = "off-topic", _("Does not address the consultation")
    EMPTY = "empty", _("Contains no answer")
    DUPLICATE = "duplicate", _("The same submitter's response is already in")
    LATE = "late", _("Late, and not accepted")
    ABUSE = "abuse", _("Abuse or threats")
    UNLAWFUL = "unlawful", _("Unlawful content")
    SPAM = "spam", _("Advertising or spam")
    OUT_OF_SCOPE = "out-of-scope", _("Material that the portal must not hold")
    IMPERSONATION = "impersonation", _("Sent in somebody else's name")
    TAKEDOWN = "takedown", _("Publication puts somebody at risk")
    PERSONAL_DATA = "personal-data", _("Personal data of somebody else")
    IN_ERROR = "in-error", _("Published in error")


EXPLANATIONS: dict[Reason, Promise] = {
    Reason.WITHIN_RULES: _("The response answers what was asked and keeps to the rules."),
    Reason.AT_RISK: _(
        "The response is published without a name, because a name could harm the person who "
        "responded or somebody close to them."
    ),
    Reason.CLAIM_HOLDS: _(
        "The justification and the ground that were given support keeping the whole response "
        "from publication. It is counted, and only officials read it."
    ),
    Reason.LATE_ACCEPTED: _(
        "The response came in after the deadline and is accepted under the consultation's rules "
        "for late responses. Where it is published with a name, it is marked as late."
    ),
    Reason.OFF_TOPIC: _("Nothing in the response has to do with what the consultation asks."),
    Reason.EMPTY: _("Every answer is empty, or contains no words that can be understood."),
    Reason.DUPLICATE: _(
        "The same person or organisation sent the same response more than once, and one of them is "
        "kept. Similar responses from different people are never rejected because they are "
        "similar: they are counted."
    ),
    Reason.LATE: _(
        "The response came in after the deadline, and the consultation's rules for late responses "
        "do not admit it."
    ),
    Reason.ABUSE: _("The response insults, threatens or incites hatred, with little else in it."),
    Reason.UNLAWFUL: _("The law forbids keeping or publishing what the response contains."),
    Reason.SPAM: _("The response advertises something, or was sent by a machine."),
    Reason.OUT_OF_SCOPE: _(
        "The response contains classified material, licence decisions, intelligence on named end "
        "users, or victims' files. The portal is no safe place for them."
    ),
    Reason.IMPERSONATION: _(
        "The person or organisation named says that they did not send the response, and what we "
        "found supports it."
    ),
    Reason.TAKEDOWN: _(
        "Somebody told us that publication puts a person at risk, and leaving passages out would "
        "not help."
    ),
    Reason.PERSONAL_DATA: _(
        "The response says something about another person that may not be published, and leaving "
        "passages out would not help."
    ),
    Reason.IN_ERROR: _(
        "The response should not have been published as it was. The mistake is ours."
    ),
}

# What each reason says of how the response is published, so it is accepted in that form alone.
HANDLING_OF = {
    Reason.WITHIN_RULES: Handling.PUBLIC,
    Reason.AT_RISK: Handling.NAME_WITHHELD,
    Reason.CLAIM_HOLDS: Handling.CONFIDENTIAL,
    Reason.LATE_ACCEPTED: Handling.PUBLIC,
}
FOR_ACCEPTING = tuple(HANDLING_OF)
FOR_REJECTING = (
    Reason.OFF_TOPIC,
    Reason.EMPTY,
    Reason.DUPLICATE,
    Reason.LATE,
    Reason.ABUSE,
    Reason.UNLAWFUL,
    Reason.SPAM,
    Reason.OUT_OF_SCOPE,
    Reason.IMPERSONATION,
)
FOR_REMOVING = (
    Reason.TAKEDOWN,
    Reason.PERSONAL_DATA,
    Reason.IMPERSONATION,
    Reason.UNLAWFUL,
    Reason.OUT_OF_SCOPE,
    Reason.IN_ERROR,
)
# Nobody waits for a second person while somebody is in danger: hidden first, then judged.
AT_ONCE = (Reason.TAKEDOWN,)
# For what is marked as late alone. An answer without a name never is.
FOR_LATE = (Reason.LATE_ACCEPTED, Reason.LATE)


def choices(reasons: tuple[Reason, ...]) -> list[tuple[str, Promise]]:
    """Return the reasons named, as a form offers them."""
    return [(reason.value, reason.label) for reason in reasons]


def require_pair(handling: str, reason: Reason) -> None:
    """Raise ReasonDoesNotGo unless one of `FOR_ACCEPTING` goes with how a response is accepted."""
    if HANDLING_OF[reason] != handling:
        raise ReasonDoesNotGo(reason.label, HANDLING_OF[reason].label)


def explain(reason: str) -> str:
    """Tell submitters of a reason: its name, then what it means."""
    known = Reason(reason)
    return f"{known.label}. {EXPLANATIONS[known]}"
