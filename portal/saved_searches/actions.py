"""What people do with the searches they keep: one verb, one function."""

from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.saved_searches.models import SavedSearch
from portal.saved_searches.permissions import MOST, user_can_save
from portal.saved_searches.schedule import Frequency
from portal.stakeholders.models import User


class TooManyError(Exception):
    """The person keeps as many searches as one may."""


class Saved(NamedTuple):
    """A search kept; `is_new` is False where its owner had kept it before."""

    search: SavedSearch
    is_new: bool


@transaction.atomic
def save_search(*, owner: User, query: str, name: str, frequency: str, language: str) -> Saved:
    """
    Keep a search for `owner`: `query` is a canonical query string, `frequency` a key of Frequency.

    Only what comes in from now on is news. A search kept before stays as it is. Raises
    TooManyError, and PermissionDenied for whoever may keep none.
    """
    if not user_can_save(owner):
        raise PermissionDenied
    # Two requests at once must not both find room for the last one.
    User.objects.select_for_update().get(pk=owner.pk)
    kept = SavedSearch.objects.of(owner).asking(query).first()
    if kept is not None:
        return Saved(kept, is_new=False)
    if SavedSearch.objects.of(owner).count() >= MOST:
        raise TooManyError
    search = SavedSearch.objects.create(
        owner=owner,
        query=query,
        name=name,
        frequency=frequency,
        language=language,
        looked_at=timezone.now(),
    )
    return Saved(search, is_new=True)


@transaction.atomic
def change_search(
    *, search: SavedSearch, by: User, name: str, frequency: str, language: str
) -> SavedSearch:
    """
    Set a search's name, language and how its owner hears of news.

    Where there was no mail, only what comes in from now on is news. Raises PermissionDenied for
    anybody but its owner.
    """
    _expect_owner(search, by)
    search = SavedSearch.objects.select_for_update().get(pk=search.pk)
    if search.frequency == Frequency.NONE:
        search.looked_at = timezone.now()
    search.name, search.frequency, search.language = name, frequency, language
    search.save()
    return search


def delete_search(*, search: SavedSearch, by: User) -> None:
    """Forget a search. Raises PermissionDenied for anybody but its owner."""
    _expect_owner(search, by)
    search.delete()


def stop_mail(*, owner_id: int) -> None:
    """Send this person no mail about any saved search; the searches stay."""
    SavedSearch.objects.filter(owner_id=owner_id).update(frequency=Frequency.NONE)


def _expect_owner(search: SavedSearch, person: User) -> None:
    if search.owner_id != person.pk:
        raise PermissionDenied
