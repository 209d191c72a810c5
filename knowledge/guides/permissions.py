"""Who may do what with guides, beyond what Wagtail's page permissions decide."""

from django.contrib.auth.models import AnonymousUser
from wagtail.permissions import page_permission_policy

from portal.stakeholders.models import User

SEES_REVIEWS = ("add", "change", "publish")


def user_can_see_reviews(user: User | AnonymousUser) -> bool:
    """Say whether the person works on pages at all, and so may read which guides are due."""
    return bool(
        user.is_authenticated
        and user.is_in_force
        and page_permission_policy.user_has_any_permission(user, SEES_REVIEWS)
    )
