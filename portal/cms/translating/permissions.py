"""Who translates a page."""

from typing import Any

from portal.cms.models.in_every_language import InEveryLanguage
from portal.stakeholders.models import Person


def user_can_translate(user: Person, page: Any) -> bool:
    """Say whether a person may have translations of a page made, and see how far they are."""
    if not isinstance(page, InEveryLanguage) or not page.has_translations:
        return False
    return bool(page.permissions_for_user(user).can_edit())


def user_can_write(user: Person, translation: Any) -> bool:
    """Say whether a person may change a translation now: it does not wait for somebody else."""
    tester = translation.permissions_for_user(user)
    return bool(tester.can_edit() and not tester.page_locked())
