"""What an organisation's people see beside the pages of every answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import get_language, ngettext

from consultations.responses import actions
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.errors import Refused
from consultations.responses.views.form_handling import forged


@answering_page
def ask(answering: Answering) -> HttpResponse:
    """Have those who sign for the organisation told that its draft is ready."""
    draft = answering.draft
    if draft is None:
        return answering.lead_back()
    if answering.request.method == "POST" and answering.is_forged:
        messages.error(answering.request, forged())
    elif answering.request.method == "POST":
        try:
            asked = actions.ask_to_sign(
                draft=draft,
                by=answering.user,
                language=get_language() or "en",
                at=answering.at,
            )
        except Refused as refusal:
            messages.error(answering.request, str(refusal))
        else:
            words = ngettext(
                "We tell %(names)s by e-mail, at most once a day, that the draft is ready.",
                "We tell %(names)s by e-mail, at most once a day, that the draft is ready.",
                len(asked),
            )
            names = ", ".join(str(each) for each in asked)
            messages.success(answering.request, words % {"names": names})
    return answering.go("check")
