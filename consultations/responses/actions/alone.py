"""Whether a response without a name is published where no four others stand beside it."""

from django.db import transaction

from consultations.responses.errors import CannotChange, NotPermitted
from consultations.responses.models import Identity, Response
from consultations.responses.permissions import user_may_answer_for, user_may_choose_publication
from portal.stakeholders.models import Person


@transaction.atomic
def choose_alone(*, response: Response, by: Person, even_if_alone: bool) -> Response:
    """
    Choose anew whether it may be published as the only one without a name.

    Nothing public follows: staff publish, and say when. Nothing tells when it was chosen. Raises
    NotPermitted, also where the response has a name; CannotChange once it was published, rejected
    or withdrawn.
    """
    locked = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
    if locked.identity != Identity.ANONYMOUS or not user_may_answer_for(by, locked):
        raise NotPermitted
    if not user_may_choose_publication(by, locked):
        raise CannotChange
    locked.even_if_alone = even_if_alone
    locked.save(update_fields=["even_if_alone"])
    return locked
