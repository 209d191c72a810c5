"""Who says that a native reader has read a translation."""

from typing import Any


def user_can_review_translations(user: Any) -> bool:
    """Say whether this person ticks translations: editors and administrators, by a migration."""
    return bool(user.has_perm("proofreading.change_review"))
