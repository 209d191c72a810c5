"""Saying that a native reader has read a text in a language, and taking that back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from portal.proofreading.digests import digest
from portal.proofreading.errors import NothingToRead, NotPermitted, ReadLater, WordingChanged
from portal.proofreading.models import Review
from portal.proofreading.permissions import user_can_review_translations
from portal.proofreading.registry import Text
from portal.staff_log.actions import note
from portal.staff_log.models import What
from portal.stakeholders.models import User


@transaction.atomic
def tick(*, text: Text, language: str, read_on: date, read_by: str, seen: str, by: User) -> Review:
    """
    Note that a native reader has read a text, in place of what was noted of it before.

    `seen` is the digest of the wording that is ticked. Raises NotPermitted, NothingToRead,
    WordingChanged where the wording is another now, ReadLater for a day to come.
    """
    if not user_can_review_translations(by):
        raise NotPermitted
    now = digest(text, language)
    if not now:
        raise NothingToRead
    if seen != now:
        raise WordingChanged
    if read_on > timezone.localdate():
        raise ReadLater
    values = {"read_on": read_on, "read_by": read_by, "entered_by": by, "digest": now}
    review, _made = Review.objects.update_or_create(
        language=language, text=text.key, defaults=values
    )
    note(by, What.TRANSLATION, f"read: {text.key}, {language}, {read_on}")
    return review


@transaction.atomic
def take_back(*, text: Text, language: str, by: User) -> None:
    """Have a text count as not read in a language. Raises NotPermitted."""
    if not user_can_review_translations(by):
        raise NotPermitted
    removed, _each = Review.objects.filter(language=language, text=text.key).delete()
    if removed:
        note(by, What.TRANSLATION, f"taken back: {text.key}, {language}")
