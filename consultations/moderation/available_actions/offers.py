"""Which acts apply to a response as it stands."""

from typing import NamedTuple

from consultations.moderation.actions.questions import open_question
from consultations.moderation.appeals import those_who_decided
from consultations.moderation.available_actions.acts import ON_DISPUTES
from consultations.moderation.models import Appeal, Dispute, ScreeningAct
from consultations.moderation.permissions import user_can_decide_appeal, user_can_decide_on
from consultations.moderation.policy import Reason
from consultations.moderation.queries import WAITING
from consultations.moderation.removals import Removal, removal_of
from consultations.responses.models import Handling, Identity, Response, ResponseVersion, Status
from portal.stakeholders.models import Person


class Waiting(NamedTuple):
    """Things about a response that wait for a second person, or for one who did not decide."""

    removal: Removal | None = None
    question: ScreeningAct | None = None
    appeal: Appeal | None = None

    @classmethod
    def of(cls, response: Response, version: int) -> "Waiting":
        """Read it for a response whose newest version has this number."""
        appeals = response.appeals.undecided().select_related("against__response")
        return cls(removal_of(response), open_question(response, version), appeals.first())

    def keys(self) -> dict[str, int]:
        """Return what the forms about it name, so that nothing is decided unread."""
        removal = self.removal.waiting if self.removal else None
        found = {"removal": removal, "proposal": self.question, "appeal": self.appeal}
        return {name: row.pk for name, row in found.items() if row}


NOTHING_WAITS = Waiting()


def may_act_on(key: str, dispute: Dispute) -> bool:
    """Say whether one of `ON_DISPUTES` applies to a dispute as it stands."""
    if dispute.decided_on is not None:
        return False
    is_published = dispute.response.status == Status.PUBLISHED
    return key == "decide-dispute" or (is_published and dispute.taken_up_on is None)


def is_published_singly(response: Response) -> bool:
    """Say whether it is accepted and may be published by itself, while the consultation is open."""
    return (
        response.status == Status.ACCEPTED
        and response.handling == Handling.PUBLIC
        and response.identity != Identity.ANONYMOUS
        and response.consultation.publishes_while_open
    )


def harmless_reason(response: Response, version: ResponseVersion) -> Reason | None:
    """
    Return the reason for which it can be accepted by one press: nothing is claimed or unusual.

    An acceptance publishes nothing by itself, and can be taken back.
    """
    if any(version.confidentiality.values()):
        return None
    return Reason.LATE_ACCEPTED if response.is_late else Reason.WITHIN_RULES


def offered(
    response: Response,
    proposal: ScreeningAct | None,
    disputes: list[Dispute],
    by: Person,
    *,
    can_be_asked: bool,
    waiting: Waiting = NOTHING_WAITS,
) -> list[str]:
    """
    Return the keys of the acts that apply to a response as it stands, for one who may screen it.

    `can_be_asked`: whether anybody can still answer as its writer.
    """
    keys: list[str] = []
    if waiting.appeal:
        if user_can_decide_appeal(by, response, those_who_decided(waiting.appeal.against)):
            keys.append("decide-appeal")
    else:
        keys += _of_removal(response, waiting.removal, by)
    if response.status in WAITING and proposal:
        if user_can_decide_on(by, response, proposal.by_id):
            keys += ["confirm-rejection", "decline-rejection"]
    elif response.status in WAITING:
        keys += ["accept", "propose-rejection"]
        place = 0 if waiting.question else 1  # what waits for a second person comes first
        asking = _of_question(response, waiting.question, by, can_be_asked=can_be_asked)
        keys[place:place] = asking
    if is_published_singly(response):
        keys.append("publish")
    keys += [key for key in ON_DISPUTES if any(may_act_on(key, each) for each in disputes)]
    if response.status == Status.PUBLISHED and not waiting.removal:
        keys.append("remove")
    return [*keys, "note"]


def _of_question(
    response: Response, proposed: ScreeningAct | None, by: Person, *, can_be_asked: bool
) -> list[str]:
    """Return what can be done about a question to whoever answered."""
    if response.status != Status.RECEIVED:
        return []
    if proposed:
        if not user_can_decide_on(by, response, proposed.by_id):
            return []
        return ["send-question", "decline-question"] if can_be_asked else ["decline-question"]
    if not can_be_asked:
        return []
    return ["propose-question" if response.identity == Identity.ANONYMOUS else "ask"]


def _of_removal(response: Response, removal: Removal | None, by: Person) -> list[str]:
    """Return what can be done about a removal that stands or is proposed."""
    if removal is None:
        return []
    if removal.waiting is None:
        return ["propose-return"]
    if not user_can_decide_on(by, response, removal.waiting.by_id):
        return []
    what = "return" if removal.back else "removal"
    return [f"confirm-{what}", f"decline-{what}"]
