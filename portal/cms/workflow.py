"""
What happens when a workflow ends (`WAGTAIL_FINISH_WORKFLOW_ACTION`).

Wagtail imports this module while it defines its own models, so it imports nothing at its top.
"""

from typing import Any


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """
    Publish, or schedule, the latest revision of the page whose workflow has ended.

    The workflow is the permission: an approver need not hold the publish permission. For a page
    that requires a second person the ending is not enough, since a workflow can end without one
    (a step deactivated, another workflow assigned): raises PermissionDenied, which undoes the end.
    So does an obstacle to publishing that the page's type knows. Raises ValidationError, by field,
    for a page that lacks what it needs.
    """
    from django.core.exceptions import PermissionDenied, ValidationError
    from django.utils import timezone

    from portal.cms.completeness import lacks
    from portal.cms.models.approval import approved_by_second_person

    item = workflow_state.content_object
    item = getattr(item, "specific", item)
    revision = item.get_latest_revision()
    if getattr(item, "requires_second_person", False) and not approved_by_second_person(
        workflow_state, revision
    ):
        raise PermissionDenied
    if getattr(item, "is_held_back", False):
        raise PermissionDenied
    if found := lacks(revision.as_object(), timezone.now()):
        raise ValidationError(found)
    revision.publish(user=user, skip_permission_checks=True)
