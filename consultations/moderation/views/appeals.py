"""An author's appeal, where they follow their response: by account, or by reference and code."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.moderation import actions
from consultations.moderation.appeals import decision_on
from consultations.moderation.errors import NotOpen
from consultations.moderation.forms.appeals import AppealForm
from consultations.moderation.models import Appeal, ScreeningAct
from consultations.moderation.policy import explain
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.hooks import StatusSection, on_status_page
from consultations.responses.models import Response
from consultations.responses.permissions import user_may_answer_for
from portal.web.csrf import keeps_what_is_typed
from portal.web.form_handling import refuse, take_in

FOLDER = "consultations/moderation"


@dataclass(frozen=True)
class AppealSection:
    """Appeals as the status page tells of them; `href` is where to appeal, "" where nobody can."""

    appeals: list[Appeal]
    href: str


@answering_page
@keeps_what_is_typed
def appeal(answering: Answering) -> HttpResponse:
    """
    Take in an appeal against the rejection or the removal of one's own response.

    Whoever lost the way to the response while they wrote keeps the text.
    """
    response, request = answering.response, answering.request
    form = AppealForm(request.POST if request.method == "POST" else None)
    if response is None or not user_may_answer_for(answering.user, response):
        if request.method != "POST":
            return answering.lead_back()
        return _closed_meanwhile(answering, form)
    query = answering.own_query(response)
    against = decision_on(response)

    def act() -> HttpResponse:
        text = form.cleaned_data["text"]
        actions.appeal(response=response, by=answering.user, text=text, at=answering.at)
        messages.success(request, _("Your appeal is in. Another moderator decides on it."))
        return answering.go("status", query=query)

    def show(status: int) -> HttpResponse:
        return answering.render(
            "appeal",
            _("Appeal"),
            folder=FOLDER,
            status=status,
            page_has_errors=status != 200,
            form=form,
            response=response,
            reason=explain(against.reason) if against else "",
            may_appeal=_may_be_appealed(against),
            query=query,
        )

    return take_in(request, form, act, show)


def _closed_meanwhile(answering: Answering, form: AppealForm) -> HttpResponse:
    """Show what was typed to whoever has the response open no more, and nothing else."""
    status = refuse(form, NotOpen())
    return answering.render(
        "appeal", _("Appeal"), folder=FOLDER, status=status, page_has_errors=True, form=form
    )


def register_section() -> None:
    """Have the status page of a response tell of appeals, and lead to the form."""
    on_status_page(StatusSection("consultations/moderation/appeals.html", _section))


def _section(answering: Answering, response: Response) -> AppealSection | None:
    appeals = list(response.appeals.select_related("decision"))
    may = user_may_answer_for(answering.user, response) and _may_be_appealed(decision_on(response))
    if not appeals and not may:
        return None
    name = "organisation_appeal" if answering.for_organisation else "appeal"
    href = reverse(f"moderation:{name}", args=[answering.page.slug])
    return AppealSection(appeals, href + answering.own_query(response) if may else "")


def _may_be_appealed(against: ScreeningAct | None) -> bool:
    return against is not None and not Appeal.objects.filter(against=against).exists()
