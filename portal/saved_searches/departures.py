"""What becomes of somebody's saved searches when their account is deleted: they go with it."""

from django.utils.translation import gettext as _

from portal.saved_searches.models import SavedSearch
from portal.stakeholders.departures import Leaving, register
from portal.stakeholders.models import User


def register_leaving() -> None:
    """Have saved searches told of with each account; the database deletes them."""
    register(Leaving(told=_told, leave=lambda user, at, erase: None))


def _told(user: User) -> list[str]:
    if not SavedSearch.objects.of(user).exists():
        return []
    return [_("Your saved searches are erased, and mail about them ends.")]
