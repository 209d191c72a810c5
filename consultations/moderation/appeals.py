"""What an author can appeal against, and who took part in it."""

from consultations.moderation.models import ScreeningAct
from consultations.moderation.policy import Verb
from consultations.moderation.removals import removal_of
from consultations.responses.models import Response, Status


def decision_on(response: Response) -> ScreeningAct | None:
    """
    Return the act that an author can appeal against: a rejection, or the first of a removal.

    None where nothing was decided against the response, or a removal is only proposed.
    """
    if response.status == Status.REJECTED:
        acts = ScreeningAct.objects.in_force().filter(response=response)
        return acts.filter(verb=Verb.CONFIRM_REJECTION).last()
    removal = removal_of(response) if response.status == Status.REMOVED else None
    return removal.first if removal else None


def those_who_decided(against: ScreeningAct) -> set[int]:
    """Return the accounts that took part in what an appeal is about, whoever proposed included."""
    acts = ScreeningAct.objects.filter(response=against.response_id)
    if against.verb == Verb.CONFIRM_REJECTION:
        verbs = {Verb.PROPOSE_REJECTION}
        before = acts.filter(number__lt=against.number, version=against.version)
        took_part = [*before.filter(verb__in=verbs, undoes=None), against]
    else:
        removal = removal_of(against.response)
        took_part = [against, *([removal.second] if removal and removal.second else [])]
        took_part += acts.filter(
            verb=Verb.TAKE_UP_DISPUTE, detail__dispute=against.detail.get("dispute", 0)
        )
    return {act.by_id for act in took_part if act.by_id}
