"""What screening keeps of a response that its submitter takes back."""

from datetime import datetime

from consultations.moderation.actions.appeals import forget_appeals
from consultations.moderation.models import ScreeningAct
from consultations.responses.models import Response, Status

ONCE_PUBLIC = (Status.PUBLISHED, Status.REMOVED)


def erase_notes(response: Response, at: datetime) -> None:
    """
    Forget the notes on a response withdrawn before publication: they may quote what it said.

    What was said in appeals goes in any case, and those that wait are dropped.

    What was done, by whom and for which reason stays. Runs inside the withdrawal's transaction,
    while the response still has the status it had.
    """
    forget_appeals(response)
    if response.status not in ONCE_PUBLIC:
        ScreeningAct.objects.filter(response=response).exclude(note="").update(note="")
