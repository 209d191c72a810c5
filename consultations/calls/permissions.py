"""Who decides about a consultation beyond what Wagtail's own page permissions say."""

from consultations.calls.models import Interest
from portal.stakeholders.models import Person
from portal.stakeholders.roles import ADMINISTRATOR, EDITOR, ROLES


def user_can_extend(user: Person) -> bool:
    """Editors and administrators give more time."""
    return bool(user.is_authenticated and user.has_role(EDITOR, ADMINISTRATOR))


def user_can_correct(user: Person) -> bool:
    """Editors and administrators correct the wording of what is being asked."""
    return user_can_extend(user)


def user_has_interest(user: Person, consultation_id: int | None) -> bool:
    """
    Say whether this person has declared an interest there, so does not decide there: one query.

    Every power over what was sent, said or published in a consultation asks this.
    """
    return bool(user.is_authenticated and Interest.objects.of(user, consultation_id).exists())


def user_can_declare_interest(user: Person) -> bool:
    """Let everybody with a role declare an interest of their own."""
    return bool(user.is_authenticated and user.has_role(*ROLES))


def user_can_read_interests(user: Person) -> bool:
    """Let those read what others declared who approve, and administrators."""
    return user_can_extend(user)
