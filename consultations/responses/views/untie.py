"""Cutting the tie between an answer without a name and whoever wrote it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from consultations.responses import actions
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.forms.steps import ConfirmForm
from consultations.responses.models import Response
from consultations.responses.permissions import user_may_cut_tie
from portal.web.csrf import keeps_what_is_typed
from portal.web.form_handling import take_in


@answering_page
@keeps_what_is_typed
def untie(answering: Answering) -> HttpResponse:
    """Show what it takes from whom and what stays; and do it, once confirmed."""
    response, request = answering.response, answering.request
    if response is None or not user_may_cut_tie(answering.user, response):
        return answering.lead_back()
    label = _("Yes, cut the tie. I know that nobody can undo it.")
    form = ConfirmForm(request.POST if request.method == "POST" else None, label=label)

    def show(status: int) -> HttpResponse:
        return answering.render(
            "untie",
            _("Cut the tie to your response"),
            status=status,
            form=form,
            response=response,
            is_erased=not response.versions.filter(erased_on=None).exists(),
            is_asked=response.clarifications.filter(answered_on=None).exists(),
        )

    return take_in(request, form, lambda: _cut(answering, response), show)


def _cut(answering: Answering, response: Response) -> HttpResponse:
    """Cut it, and show the last page of this answer: with that the browser forgets all of it."""
    actions.cut_tie(response=response, by=answering.user, at=answering.at)
    page = answering.render("untied", _("The tie is cut"), draft=None)
    answering.leave()
    return page
