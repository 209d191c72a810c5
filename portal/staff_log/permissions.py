"""Who reads the log of staff."""

from typing import Any


def user_can_read_staff_log(user: Any) -> bool:
    """Administrators, to whom a migration gives it."""
    return bool(user.has_perm("staff_log.view_staffevent"))
