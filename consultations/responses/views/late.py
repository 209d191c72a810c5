"""After the deadline: what is announced to everybody, or a token, lets an answer in."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from consultations.responses import actions
from consultations.responses.access import typed
from consultations.responses.access.allowances import one_draft
from consultations.responses.access.codes import hash_code
from consultations.responses.access.nameless import nameless_elsewhere, takes_nameless
from consultations.responses.access.rate_limits import try_code
from consultations.responses.access.session import Answering, answering_page
from consultations.responses.access.typed import Typed
from consultations.responses.errors import AnotherDraft, TokenExpired
from consultations.responses.forms.identity import IdentityForm, from_profile
from consultations.responses.models import Draft, LateToken
from consultations.responses.offline.forms import TokenForm
from consultations.responses.permissions import may_be_let_in, token_holds
from portal.web.csrf import is_forged, keeps_what_is_typed
from portal.web.errors import NotRight
from portal.web.form_handling import take_in

FORM = "late"


@answering_page
@keeps_what_is_typed
def late(answering: Answering) -> HttpResponse:
    """
    Show what a late answer gives away, the way in, and who answers.

    With a draft that missed the deadline, show the way in alone. How somebody answers is chosen
    with the way in, and what is asked of those who answer so comes after it.
    """
    request = answering.request
    if request.method != "POST":
        return _ask(answering)
    form, who = _forms(answering, request.POST)

    def show(status: int) -> HttpResponse:
        if is_forged(request) or not form.errors:
            return _show(answering, form, who, status)
        return _lead_back(answering, form, status)

    return take_in(request, form, lambda: _let_in(answering, form, who), show)


def _forms(
    answering: Answering, data: Mapping[str, Any] | None
) -> tuple[TokenForm, IdentityForm | None]:
    """Return the form for the way in and, where there is no draft yet, for who answers."""
    form = TokenForm(data, announced=_announced(answering))
    if answering.draft is not None:
        return form, None
    allowed = takes_nameless(answering)
    return form, IdentityForm(data, anonymous_allowed=allowed, by=answering.user)


def _lead_back(answering: Answering, form: TokenForm, status: int) -> HttpResponse:
    """Lead to the form again, where what was typed and what is wrong is shown once."""
    asked = {*TokenForm.base_fields, *IdentityForm.base_fields}
    sent = answering.request.POST
    data = {name: str(value) for name, value in sent.items() if name in asked}
    shown = Typed(data, form.errors, status)
    return typed.keep(answering.go("late"), answering.page.slug, FORM, shown, answering.at)


def _ask(answering: Answering) -> HttpResponse:
    """Show the form empty, or as it was sent before and what was wrong with it."""
    request, status = answering.request, 200
    form, who = _forms(answering, None)
    if before := typed.take(request, FORM, answering.at):
        form, who = _forms(answering, before.data)
        typed.show_errors(form, before.wrong)
        status = before.status
    return typed.forget(_show(answering, form, who, status), request, answering.page.slug)


def _announced(answering: Answering) -> list[LateToken]:
    if not may_be_let_in(answering.page, answering.at):
        return []
    return list(LateToken.objects.announced(answering.page.pk).holding(answering.at))


def _let_in(answering: Answering, form: TokenForm, who: IdentityForm | None) -> HttpResponse:
    token = form.cleaned_data["way"] or _of_code(answering, form.cleaned_data["code"])
    if token is None:
        wrong = _("This token does not let a response in here. Check it once more.")
        raise NotRight(wrong, field="code")
    if not token_holds(token, answering.page, answering.at):
        raise TokenExpired
    if answering.draft is not None:
        return _bring(answering, answering.draft, token)
    if who is None or not who.is_valid():
        opens = who is not None and who.is_choice_alone(answering.request.POST)
        return _show(answering, form, who, 200 if opens else 422)
    return _begin(answering, token, who)


def _of_code(answering: Answering, code: str) -> LateToken | None:
    """Return the token of a code; its use is told only where an answer is begun with it."""
    tokens = LateToken.objects.of_code(answering.page.pk, hash_code(code))
    return try_code(answering.request, tokens.first)


def _bring(answering: Answering, draft: Draft, token: LateToken) -> HttpResponse:
    if draft.is_revision:
        raise AnotherDraft
    actions.bring_late_token(draft=draft, token=token, by=answering.user, at=answering.at)
    return answering.go("tasks")


def _begin(answering: Answering, token: LateToken, who: IdentityForm) -> HttpResponse:
    with one_draft(answering.request, who.cleaned_data["identity"]):
        begun = actions.begin_draft(
            consultation=answering.page,
            by=answering.user,
            identity=who.cleaned_data["identity"],
            details=who.details(),
            late_token=token,
            at=answering.at,
        )
    answering.give_code = begun.code
    return answering.go("code" if begun.code else "tasks")


def _show(
    answering: Answering, form: TokenForm, who: IdentityForm | None, status: int
) -> HttpResponse:
    if who is not None and who.is_choice_alone(who.data):
        who = who.closed() if form.errors else who.opened(from_profile(answering.user, who.chosen))
    return answering.render(
        "late",
        _("Respond after the deadline"),
        status=status,
        page_has_errors=status != 200,
        form=form,
        who=who,
        nameless_elsewhere=nameless_elsewhere(answering),
    )
