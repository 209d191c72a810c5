"""
What only some groups may see: a group is given by staff, so it counts as staff's powers do.

Wagtail asks who is in the group, and lets superusers in anywhere; here both wait for the second
factor, on every way to a page, a document or a picture.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.models import BaseViewRestriction


def require_powers_in_force(
    restrictions: Iterable[BaseViewRestriction], request: HttpRequest
) -> None:
    """Raise PermissionDenied where a group is asked for whose members' powers are not in force."""
    person = request.user
    if not person.is_authenticated or person.is_in_force:
        return
    if any(each.restriction_type == BaseViewRestriction.GROUPS for each in restrictions):
        raise PermissionDenied
