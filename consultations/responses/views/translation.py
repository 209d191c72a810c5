"""Choosing how a response without a name is published: in which words, and beside whom."""

from django.http import HttpResponse

from consultations.responses import actions
from consultations.responses.access.session import Answering, answering_page
from portal.web.form_handling import refusal_told

ONLY, OWN = "only", "own"
ALONE, AMONG = "alone", "among"


@answering_page
def translation(answering: Answering) -> HttpResponse:
    """Take in whether only a translation is published, as it was pressed."""
    response, request = answering.response_or_404(), answering.request
    pressed = request.POST.get("words")
    if request.method == "POST" and pressed in (ONLY, OWN):
        with refusal_told(request):
            actions.choose_translation(
                response=response,
                by=answering.user,
                translation_only=pressed == ONLY,
                at=answering.at,
            )
    return answering.go("status", query=answering.own_query(response))


@answering_page
def alone(answering: Answering) -> HttpResponse:
    """Take in whether it may be published as the only one without a name, as it was pressed."""
    response, request = answering.response_or_404(), answering.request
    pressed = request.POST.get("beside")
    if request.method == "POST" and pressed in (ALONE, AMONG):
        with refusal_told(request):
            actions.choose_alone(
                response=response, by=answering.user, even_if_alone=pressed == ALONE
            )
    return answering.go("status", query=answering.own_query(response))
