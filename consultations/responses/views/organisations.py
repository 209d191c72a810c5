"""What an organisation's people see beside the pages of every answer."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from consultations.responses import actions
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.comparisons import comparison
from consultations.responses.errors import DraftGone
from consultations.responses.forms.steps import RemarkForm
from consultations.responses.models import Draft, SignatureRequest
from consultations.responses.permissions import user_may_send
from portal.web.csrf import keeps_what_is_typed
from portal.web.form_handling import refusal_told, refuse, take_in


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
                "We tell %(names)s by e-mail that the draft is ready. Nobody gets a second mail on "
                "one day, unless the draft was sent back since.",
                "We tell %(names)s by e-mail that the draft is ready. Nobody gets a second mail on "
                "one day, unless the draft was sent back since.",
                len(asked),
            )
            names = ", ".join(str(each) for each in asked)
            messages.success(answering.request, words % {"names": names})
    return answering.go("check")


@answering_page
@keeps_what_is_typed
def send_back(answering: Answering) -> HttpResponse:
    """Send the organisation's draft back, with a remark, to whoever asked for the signature."""
    draft, request = answering.draft, answering.request
    posted = request.method == "POST"
    form = RemarkForm(request.POST if posted else None)

    def show(status: int) -> HttpResponse:
        return answering.render(
            "send_back",
            _("Send the draft back"),
            status=status,
            form=form,
            **(about(draft, answering) if draft else {}),
        )

    if draft is None:
        return show(refuse(form, DraftGone())) if posted else answering.lead_back()
    if not user_may_send(answering.user, draft) and not posted:
        return answering.go("check")
    return take_in(request, form, partial(_send_back, answering, draft, form), show)


def _send_back(answering: Answering, draft: Draft, form: RemarkForm) -> HttpResponse:
    told = actions.send_back(
        draft=draft,
        by=answering.user,
        remark=form.cleaned_data["remark"],
        language=get_language() or "en",
        at=answering.at,
    )
    words = (
        _("The draft is sent back. We tell %(name)s by e-mail, at most once a day.")
        if told
        else _("The draft is sent back. Your remark stands on its page. Nobody is told by e-mail.")
    )
    messages.success(answering.request, words % {"name": str(told)})
    return answering.go("check")


def about(draft: Draft, answering: Answering) -> dict[str, Any]:
    """Return what stands on a draft's page of who asked for a signature, and of what changed."""
    if draft.organisation_id is None:
        return {}
    asked = asked_for(draft)
    return {"asked": asked, "comparison": comparison(answering.questionnaire, draft, asked)}


def asked_for(draft: Draft) -> SignatureRequest | None:
    """Return what an organisation's people said to each other about sending a draft."""
    if draft.organisation_id is None:
        return None
    found = SignatureRequest.objects.select_related("asked_by", "sent_back_by")
    return found.filter(draft=draft).first()
