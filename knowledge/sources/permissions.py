"""Who may see what of sources in the admin, beyond what Wagtail decides."""

from django.contrib.auth.models import AnonymousUser
from wagtail.permission_policies import ModelPermissionPolicy

from knowledge.sources.models import Source
from portal.stakeholders.models import User

POLICY = ModelPermissionPolicy(Source)
SEES_LINKS = ("change",)


def user_can_see_links(user: User | AnonymousUser) -> bool:
    """Say whether the person works on sources, and so may read which of their links fail."""
    return user.has_perm("sources.change_source")
