"""Who publishes, redacts and takes down."""

from typing import Any

from portal.stakeholders.roles import ADMINISTRATOR, MODERATOR

# Signed-out visitors come as Django's AnonymousUser, which is no User: hence Any.


def user_can_publish(user: Any) -> bool:
    """Say whether this is a moderator or administrator; screening says for which responses."""
    return bool(user.is_authenticated and user.has_role(MODERATOR, ADMINISTRATOR))
