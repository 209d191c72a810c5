"""Whose eyes a search is run with, and who may keep one."""

from portal.search.query import PUBLIC
from portal.stakeholders.models import Person

MOST = 50

# Signed-out visitors come as Django's AnonymousUser, which is no User: hence Any.


def circles_of(user: Person) -> tuple[str, ...]:
    """
    Return the circles of this person: what is for any of them may be told to the person.

    Today that is the public one for everybody. Digests ask here, for each person.
    """
    return (PUBLIC,)


def user_can_save(user: Person) -> bool:
    """Anybody with an account in use."""
    return bool(user.is_authenticated and user.is_active)
