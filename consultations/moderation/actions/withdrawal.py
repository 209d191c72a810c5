"""What screening keeps of a response that its submitter takes back."""

from consultations.moderation.models import ScreeningAct
from consultations.responses.models import Response


def erase_notes(response: Response) -> None:
    """
    Forget the notes on a response withdrawn before publication: they may quote what it said.

    What was done, by whom and for which reason stays. Runs inside the withdrawal's transaction.
    """
    ScreeningAct.objects.filter(response=response).exclude(note="").update(note="")
