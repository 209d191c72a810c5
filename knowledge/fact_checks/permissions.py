"""Who has the facts of a guide checked."""

from django.contrib.auth.models import AnonymousUser
from wagtail.permissions import page_permission_policy

from knowledge.guides.models import GuidePage
from portal.stakeholders.models import User

HAS_FACTS_CHECKED = ("change",)


def user_can_have_facts_checked(user: User | AnonymousUser, guide: GuidePage | None = None) -> bool:
    """Say whether the person edits pages, this guide among them, with their powers in force."""
    if not user.is_authenticated or not user.is_in_force:
        return False
    if guide is None:
        return page_permission_policy.user_has_any_permission(user, HAS_FACTS_CHECKED)
    return page_permission_policy.user_has_any_permission_for_instance(
        user, HAS_FACTS_CHECKED, guide
    )
