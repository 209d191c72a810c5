"""Who may see a picture: those who may see what is in its collection, and who keep it."""

from django.http import HttpRequest, HttpResponse
from wagtail.documents.wagtail_hooks import check_view_restrictions
from wagtail.images.models import AbstractImage
from wagtail.images.permissions import permission_policy


def refusal(picture: AbstractImage, request: HttpRequest) -> HttpResponse | None:
    """
    What keeps this request from a picture: the way to sign in or the collection's password.

    None where nothing does. Asked at each request, as for documents, so that moving a picture or
    restricting its collection counts at once.
    """
    way_in = check_view_restrictions(picture, request)
    if way_in is None or permission_policy.user_has_any_permission_for_instance(
        request.user, ["change", "choose"], picture
    ):
        return None
    return way_in
