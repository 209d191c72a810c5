"""Whether an answer without a name is published in its own words, or only in translation."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from consultations.responses.errors import CannotChange, NotPermitted
from consultations.responses.models import Draft, Identity, Response, StatusEvent
from consultations.responses.notifications import tell
from consultations.responses.permissions import user_may_answer_for, user_may_choose_publication
from consultations.responses.recording import TRANSLATION_CHOSEN, changes_of_choice
from portal.record.actions import append
from portal.stakeholders.models import Person


def choose_translation(
    *, response: Response, by: Person, translation_only: bool, at: datetime | None = None
) -> Response:
    """
    Choose anew whether only a translation is published, or the writer's own words.

    The choice goes into a revision that is begun, too. Chosen twice, it stays as it is. Raises
    NotPermitted, also where the answer has a name; CannotChange once it was published, rejected or
    withdrawn.
    """
    at = at or timezone.now()
    with transaction.atomic():
        locked = (
            Response.objects.select_for_update(of=("self",))
            .select_related("consultation")
            .get(pk=response.pk)
        )
        if locked.identity != Identity.ANONYMOUS or not user_may_answer_for(by, locked):
            raise NotPermitted
        if not user_may_choose_publication(by, locked):
            raise CannotChange
        if locked.translation_only == translation_only:
            return locked
        locked.translation_only = translation_only
        locked.save(update_fields=["translation_only"])
        for draft in Draft.objects.select_for_update(of=("self",)).filter(response=locked):
            draft.details = {**draft.details, "translation_only": translation_only}
            draft.revision += 1
            draft.save(update_fields=["details", "revision"])
        kinds = StatusEvent.Kind
        tell(
            locked,
            kinds.TRANSLATION_CHOSEN if translation_only else kinds.OWN_WORDS_CHOSEN,
            at=at,
        )
        append(
            kind=TRANSLATION_CHOSEN,
            statement={
                "reference": locked.reference,
                "version": locked.versions.latest("number").number,
                "change": changes_of_choice(locked),
                "translation_only": translation_only,
            },
            public=False,
            at=at,
        )
        return locked
