"""What an organisation's people see beside the pages of every answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import get_language, ngettext

from consultations.responses import actions
from consultations.responses.access.session import Answering, answering_page
from portal.web.form_handling import refusal_told


@answering_page
def ask(answering: Answering) -> HttpResponse:
    """Have those who sign for the organisation told that its draft is ready."""
    draft = answering.draft
    if draft is None:
        return answering.lead_back()
    if answering.request.method == "POST":
        with refusal_told(answering.request):
            asked = actions.ask_to_sign(
                draft=draft,
                by=answering.user,
                language=get_language() or "en",
                at=answering.at,
            )
            words = ngettext(
                "We tell %(names)s by e-mail, at most once a day, that the draft is ready.",
                "We tell %(names)s by e-mail, at most once a day, that the draft is ready.",
                len(asked),
            )
            names = ", ".join(str(each) for each in asked)
            messages.success(answering.request, words % {"names": names})
    return answering.go("check")
