"""Where the removal of a published response stands, read from the acts on it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from consultations.moderation.models import ScreeningAct
from consultations.moderation.policy import EXPLANATIONS, Reason, Verb
from consultations.publication.hooks import Explanation
from consultations.publication.models import PublicCopy
from consultations.responses.models import Response, Status

BEGINNINGS = (Verb.PROPOSE_REMOVAL, Verb.HIDE, Verb.REMOVE)
ENDINGS = (Verb.DECLINE_REMOVAL, Verb.CONFIRM_RETURN, Verb.GRANT_APPEAL)
VERBS = (
    *(*BEGINNINGS, *ENDINGS, Verb.CONFIRM_REMOVAL, Verb.REFUSE_APPEAL),
    *(Verb.PROPOSE_RETURN, Verb.DECLINE_RETURN),
)
ONCE_PUBLISHED = (Status.PUBLISHED, Status.REMOVED)


class Removal(NamedTuple):
    """
    A removal that stands, or is proposed.

    `first` proposed it, or took the response off the page at once; `second` confirmed it, and is
    None while that waits. `back` proposes to publish it again, and waits too.
    """

    first: ScreeningAct
    second: ScreeningAct | None = None
    back: ScreeningAct | None = None

    @property
    def is_hidden(self) -> bool:
        """Say whether the response is off the page."""
        return self.second is not None or self.first.verb != Verb.PROPOSE_REMOVAL

    @property
    def waiting(self) -> ScreeningAct | None:
        """Return the act that a second person decides on; None where none waits."""
        return self.first if self.second is None else self.back

    @property
    def by(self) -> set[int]:
        """Return the accounts of those who removed it."""
        return {each.by_id for each in (self.first, self.second) if each and each.by_id}


def removal_of(response: Response) -> Removal | None:
    """Return what became of a response that was published; None where no removal stands."""
    if response.status not in ONCE_PUBLISHED:
        return None
    return _read(_acts().filter(response=response))


def why_removed(copy: PublicCopy) -> Explanation | None:
    """Say to the public why a response was removed, by its published reason."""
    removal = removal_of(copy.response)
    if removal is None or not removal.is_hidden or removal.first.reason not in Reason.values:
        return None
    reason = Reason(removal.first.reason)
    return Explanation(
        str(reason.label), str(EXPLANATIONS[reason]), reason.value, removal.second is None
    )


def waiting_removals() -> list[Removal]:
    """Return all that wait for a second person, by day and then by reference."""
    acts = _acts().filter(response__status__in=ONCE_PUBLISHED).select_related("response", "by")
    by_response: defaultdict[int, list[ScreeningAct]] = defaultdict(list)
    for act in acts:
        by_response[act.response_id].append(act)
    found = [removal for each in by_response.values() if (removal := _read(each))]
    waiting = [(removal.waiting, removal) for removal in found if removal.waiting]
    waiting.sort(key=lambda pair: (pair[0].on, pair[0].response.reference))
    return [removal for _act, removal in waiting]


def _acts() -> QuerySet[ScreeningAct]:
    return ScreeningAct.objects.in_force().filter(verb__in=VERBS).order_by("response", "number")


def _read(acts: Iterable[ScreeningAct]) -> Removal | None:
    """Go through the acts in force on one response in their order."""
    found: Removal | None = None
    for act in acts:
        if act.verb in BEGINNINGS:
            found = Removal(act, act if act.verb == Verb.REMOVE else None)
        elif act.verb in ENDINGS:
            found = None
        elif found is None:
            continue  # of a rejection before it was published
        elif act.verb == Verb.PROPOSE_RETURN:
            found = found._replace(back=act)
        elif act.verb == Verb.DECLINE_RETURN:
            found = found._replace(back=None)
        else:  # confirmed, by a second person or with the decision on an appeal
            found = found._replace(second=found.second or act, back=None)
    return found
