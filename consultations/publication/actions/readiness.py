"""What must be done before a copy can be published."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from consultations.publication.actions.locking import held_copy, newest_of
from consultations.publication.copies import is_nameless
from consultations.publication.errors import HeldBack, NotPublishable, TooEarly
from consultations.publication.models import PublicCopy
from consultations.publication.permissions import held_back, is_due
from consultations.publication.translations import cut_in_translation_alone, untranslated
from consultations.questionnaires.types import Question
from consultations.responses.actions import has_open_files
from consultations.responses.models import Handling, ResponseVersion, Status
from portal.languages.lists import in_words

PUBLISHABLE = (Handling.PUBLIC, Handling.NAME_WITHHELD)


def ready_to_publish(copy: PublicCopy, at: datetime) -> PublicCopy:
    """
    Return the copy as it stands now, locked; raises NotPublishable.

    Of one that is published only in translation every text must be translated, as it was sent last,
    and no file may still be in the check at an aware instant.
    """
    found = held_copy(copy.response)
    if found is None:
        raise NotPublishable
    require_ready(found, newest_of(found.response), at)
    return found


def require_ready(copy: PublicCopy, newest: ResponseVersion | None, at: datetime) -> None:
    """Raise NotPublishable unless a copy could be published; `newest` is what was sent last."""
    response = copy.response
    if copy.is_published or response.status not in (Status.ACCEPTED, Status.REMOVED):
        raise NotPublishable
    if response.handling not in PUBLISHABLE:
        raise NotPublishable
    stale = newest is None or newest.pk != copy.version_id
    if stale or is_nameless(response, copy.version) != copy.is_nameless:
        raise NotPublishable
    if has_open_files(copy.version, at):
        raise NotPublishable(
            _(
                "A file of %(reference)s is still being checked, or its author may still attach "
                "another. Publish it when that is done."
            )
            % {"reference": response.reference}
        )
    _require_words(copy)


def require_company(copies: Sequence[PublicCopy], at: datetime) -> None:
    """
    Raise TooEarly, or HeldBack, where some of these copies must wait longer than until `at`.

    Whoever calls holds the consultations, so that nothing else is published meanwhile.
    """
    if not all(is_due(copy, at) for copy in copies):
        raise TooEarly
    for page in {copy.consultation for copy in copies}:
        public = PublicCopy.objects.published().of(page).nameless().count()
        if held_back([copy for copy in copies if copy.consultation_id == page.pk], public):
            raise HeldBack


def _require_words(copy: PublicCopy) -> None:
    questionnaire = copy.consultation.questionnaire()
    if copy.response.translation_only:
        if left := untranslated(copy, questionnaire):
            raise NotPublishable(
                # Translators: questions is a list: answer 2 and answer 5.
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
    # Translators: in a list: Look for them in answer 2 and answer 5.
    named = [_("answer %(number)s") % {"number": each.number} for each in questions]
    return {"reference": copy.response.reference, "questions": in_words(named)}
