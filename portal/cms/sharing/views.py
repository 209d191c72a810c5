"""The address of a page's card."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language_bidi
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal.cms.sharing.drawing import can_draw, draw


@require_safe
@cache_control(public=True, max_age=3600)
def card(request: HttpRequest, page_id: int) -> HttpResponse:
    """Return the card of a page that everybody may read; 404 for any other, and without a font."""
    page = Page.objects.live().public().filter(pk=page_id).first()
    told = page.specific.sharing_card() if page else None
    if told is None or not can_draw(told.title):
        raise Http404
    return HttpResponse(draw(told, get_language_bidi()), content_type="image/png")
