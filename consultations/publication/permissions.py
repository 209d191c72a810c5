"""Who publishes, redacts and takes down."""

from portal.stakeholders.models import Person
from portal.stakeholders.roles import ADMINISTRATOR, MODERATOR


def user_can_publish(user: Person) -> bool:
    """Say whether this is a moderator or administrator; screening says for which responses."""
    return bool(user.is_authenticated and user.has_role(MODERATOR, ADMINISTRATOR))
