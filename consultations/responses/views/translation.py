"""Choosing, until it is published, whether one's own words are, or only a translation."""

from django.http import HttpResponse

from consultations.responses import actions
from consultations.responses.access.session import Answering, answering_page
from portal.web.form_handling import refusal_told

ONLY, OWN = "only", "own"


@answering_page
def translation(answering: Answering) -> HttpResponse:
    """Take in the choice as it was pressed; the status page says how it stands now."""
    response, request = answering.response_or_404(), answering.request
    back = answering.go("status", query=answering.own_query(response))
    pressed = request.POST.get("words")
    if request.method != "POST" or pressed not in (ONLY, OWN):
        return back
    with refusal_told(request):
        actions.choose_translation(
            response=response,
            by=answering.user,
            translation_only=pressed == ONLY,
            at=answering.at,
        )
    return back
