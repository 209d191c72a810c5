"""Late tokens in use: what one does where an answer is begun with it."""

from datetime import datetime

from consultations.calls.models import ConsultationPage
from consultations.responses.errors import TokenExpired, TokenUsed
from consultations.responses.models import LateToken
from consultations.responses.permissions import token_holds


def use_token(token: LateToken, page: ConsultationPage, at: datetime) -> None:
    """
    Take one answer off what a token lets in; inside the transaction of what is begun with it.

    Of the use nothing is kept but that fewer are left. Raises TokenExpired, TokenUsed.
    """
    found = LateToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
    if not token_holds(found, page, at):
        raise TokenExpired
    if found.answers_left is None:
        return
    if found.answers_left == 0:
        raise TokenUsed
    found.answers_left -= 1
    found.save(update_fields=["answers_left"])
