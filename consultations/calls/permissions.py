"""Who decides about a consultation beyond what Wagtail's own page permissions say."""

from portal.stakeholders.models import Person
from portal.stakeholders.roles import ADMINISTRATOR, EDITOR


def user_can_extend(user: Person) -> bool:
    """Editors and administrators give more time."""
    return bool(user.is_authenticated and user.has_role(EDITOR, ADMINISTRATOR))


def user_can_correct(user: Person) -> bool:
    """Editors and administrators correct the wording of what is being asked."""
    return user_can_extend(user)
