"""What becomes of the progress that an account keeps when it is deleted: it goes with it."""

from django.utils.translation import gettext as _

from knowledge.learning.models import KeptProgress
from portal.stakeholders.departures import Kept, Leaving, register
from portal.stakeholders.models import User


def register_leaving() -> None:
    """Have kept progress told of with each account; the database deletes it."""
    register(Leaving(told=_told, leave=lambda user, at, erase: None, kept=_kept))


def _told(user: User) -> list[str]:
    if not KeptProgress.objects.of(user).exists():
        return []
    return [_("What your account keeps of learning paths is erased. Certificates name nobody.")]


def _kept(user: User, for_owner: bool) -> Kept:
    """Return the progress for its owner alone: staff see nobody's."""
    found = KeptProgress.objects.of(user).values("path", "done", "day") if for_owner else ()
    return Kept({"learning_progress": [{**each, "path": str(each["path"])} for each in found]})
