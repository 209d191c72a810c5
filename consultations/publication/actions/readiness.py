"""What must be done before a copy can be published."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from consultations.publication.actions.locking import held_copy, newest_of
from consultations.publication.copies import is_nameless
from consultations.publication.errors import NotPublishable
from consultations.publication.models import PublicCopy
from consultations.publication.translations import cut_in_translation_alone, untranslated
from consultations.questionnaires.types import Question
from consultations.responses.models import Handling, Status

PUBLISHABLE = (Handling.PUBLIC, Handling.NAME_WITHHELD)


def ready_to_publish(copy: PublicCopy) -> PublicCopy:
    """
    Return the copy as it stands now; raises NotPublishable.

    Of one that is published only in translation every text must be translated, as it was sent last.
    """
    found = held_copy(copy.response)
    if found is None or found.is_published:
        raise NotPublishable
    response = found.response
    if response.status not in (Status.ACCEPTED, Status.REMOVED) or (
        response.handling not in PUBLISHABLE
    ):
        raise NotPublishable
    newest = newest_of(response)
    stale = newest is None or newest.pk != found.version_id
    if stale or is_nameless(response, found.version) != found.is_nameless:
        raise NotPublishable
    _require_words(found)
    return found


def _require_words(copy: PublicCopy) -> None:
    questionnaire = copy.consultation.questionnaire()
    if copy.response.translation_only:
        if left := untranslated(copy, questionnaire):
            raise NotPublishable(
                _(
                    "%(reference)s is published only in translation. Still to be translated: "
                    "%(questions)s."
                )
                % _names(copy, [each.question for each in left])
            )
    elif uncut := cut_in_translation_alone(copy, questionnaire):
        raise NotPublishable(
            _(
                "The writer of %(reference)s has since chosen to have their own words published. "
                "Passages were left out of the translation. Look for them in %(questions)s."
            )
            % _names(copy, uncut)
        )


def _names(copy: PublicCopy, questions: Iterable[Question]) -> dict[str, str]:
    named = [_("answer %(number)s") % {"number": each.number} for each in questions]
    return {"reference": copy.response.reference, "questions": ", ".join(named)}
