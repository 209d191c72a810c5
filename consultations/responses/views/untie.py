"""Cutting the tie between an answer without a name and whoever wrote it."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from consultations.responses import actions
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.forms.steps import ConfirmForm
from consultations.responses.models import Response
from consultations.responses.permissions import user_may_cut_tie
from consultations.responses.views.form_handling import take_in


@answering_page
def untie(answering: Answering) -> HttpResponse:
    """What it takes from whom, what stays; and the deed, once confirmed."""
    response, request = answering.response, answering.request
    if response is None or not user_may_cut_tie(answering.user, response):
        return answering.lead_back()
    label = _("Yes, cut the tie. I know that nobody can undo it.")
    form = ConfirmForm(request.POST if request.method == "POST" else None, label=label)
    status = 200
    if request.method == "POST":
        answer = take_in(answering, form, lambda: _cut(answering, response))
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    return answering.render(
        "untie",
        _("Cut the tie to your response"),
        status=status,
        form=form,
        response=response,
        is_erased=not response.versions.filter(erased_on=None).exists(),
        is_asked=response.clarifications.filter(answered_on=None).exists(),
    )


def _cut(answering: Answering, response: Response) -> HttpResponse:
    """The last page of this answer: the browser forgets all of it with the page itself."""
    actions.cut_tie(response=response, by=answering.user, at=answering.at)
    page = answering.render("untied", _("The tie is cut"), draft=None)
    answering.leave()
    return page
