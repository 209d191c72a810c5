"""Who has the facts of a guide checked."""

from django.contrib.auth.models import AnonymousUser
from wagtail.permissions import page_permission_policy

from knowledge.guides.models import GuidePage
from knowledge.guides.permissions import user_can_see_reviews
from portal.stakeholders.models import User

HAS_FACTS_CHECKED = ("change",)


def user_can_have_facts_checked(user: User | AnonymousUser, guide: GuidePage | None = None) -> bool:
    """Say whether the person works on guides, with their powers in force, and edits this one."""
    return user_can_see_reviews(user) and (
        guide is None
        or page_permission_policy.user_has_any_permission_for_instance(
            user, HAS_FACTS_CHECKED, guide
        )
    )
