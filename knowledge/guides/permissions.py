"""Who may do what with guides, beyond what Wagtail's page permissions decide."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from wagtail.permissions import page_permission_policy

from portal.cms.unpublishing.permissions import user_approves
from portal.stakeholders.models import User

SEES_REVIEWS = ("add", "change", "publish")


def user_can_see_reviews(user: User | AnonymousUser) -> bool:
    """Say whether the person works on pages at all, and so may read which guides are due."""
    return bool(
        user.is_authenticated
        and user.is_in_force
        and page_permission_policy.user_has_any_permission(user, SEES_REVIEWS)
    )


def user_can_review(user: User | AnonymousUser, guide: Any) -> bool:
    """Say whether a person writes in a published guide, and so may say that it still holds."""
    return bool(
        isinstance(user, User) and guide.live and guide.permissions_for_user(user).can_edit()
    )


def user_can_confirm(user: User | AnonymousUser, asked: Any) -> bool:
    """Say whether a person approves such guides, and is another than who asked."""
    if not isinstance(user, User) or user.pk == asked.asked_by_id:
        return False
    return user_approves(user, asked.guide)
