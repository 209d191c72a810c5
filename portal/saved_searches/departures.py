"""What becomes of somebody's saved searches when their account is deleted: they go with it."""

from django.utils.translation import gettext as _

from portal.saved_searches.models import SavedSearch
from portal.stakeholders.departures import Kept, Leaving, register
from portal.stakeholders.models import User


def register_leaving() -> None:
    """Have saved searches told of with each account; the database deletes them."""
    register(Leaving(told=_told, leave=lambda user, at, erase: None, kept=_kept))


def _told(user: User) -> list[str]:
    if not SavedSearch.objects.of(user).exists():
        return []
    return [_("Your saved searches are erased, and mail about them ends.")]


def _kept(user: User, for_owner: bool) -> Kept:
    """Return the searches for their owner alone: staff see nobody's."""
    fields = ("name", "query", "language", "frequency", "created_on")
    found = SavedSearch.objects.of(user).values(*fields) if for_owner else ()
    return Kept({"saved_searches": list(found)})
