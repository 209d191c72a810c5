"""After the deadline: a token that lets one answer in."""

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations.responses import actions, contacts
from consultations.responses.answering import Answering, answering_page
from consultations.responses.attempts import try_code
from consultations.responses.codes import hash_code
from consultations.responses.errors import AnotherDraft
from consultations.responses.forms import IdentityForm
from consultations.responses.models import Draft, LateToken
from consultations.responses.paper_errors import TokenExpired, TokenTaken, TokenUsed
from consultations.responses.paper_forms import TokenForm
from consultations.responses.permissions import token_holds
from consultations.responses.posting import take_in


@answering_page
def late(answering: Answering) -> HttpResponse:
    """The token, and who answers; with a draft that missed the deadline, the token alone."""
    request = answering.request
    data = request.POST if request.method == "POST" else None
    form = TokenForm(data)
    who = None
    if answering.draft is None:
        who = IdentityForm(data, anonymous_allowed=answering.page.anonymous_allowed)
    status = 200
    if data is not None:
        answer = take_in(answering, form, lambda: _let_in(answering, form, who))
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    return _show(answering, form, who, status)


def _let_in(answering: Answering, form: TokenForm, who: IdentityForm | None) -> HttpResponse:
    hashed = hash_code(form.cleaned_data["code"])
    tokens = LateToken.objects.of_code(answering.page.pk, hashed)
    token = try_code(answering.request, tokens.first)
    if token is None:
        form.add_error("code", _("No answer here is let in by this token. Check it once more."))
        return _show(answering, form, who, 422)
    if token.used_on is not None:
        raise TokenUsed
    if not token_holds(token, answering.page, answering.at):
        raise TokenExpired
    if answering.draft is not None:
        return _bring(answering, answering.draft, token)
    if who is None or not who.is_valid():
        return _show(answering, form, who, 422)
    if Draft.objects.filter(late_token=token).exists():
        raise TokenTaken
    return _begin(answering, token, who)


def _bring(answering: Answering, draft: Draft, token: LateToken) -> HttpResponse:
    if draft.is_revision:
        raise AnotherDraft
    actions.bring_late_token(draft=draft, token=token, by=answering.user, at=answering.at)
    return answering.go("tasks")


def _begin(answering: Answering, token: LateToken, who: IdentityForm) -> HttpResponse:
    email = who.cleaned_data["email"]
    begun = actions.begin_draft(
        consultation=answering.page,
        by=answering.user,
        identity=who.cleaned_data["identity"],
        details=who.details(),
        sealed_contact=contacts.pack(email, get_language() or "en") if email else None,
        late_token=token,
        at=answering.at,
    )
    answering.give_code = begun.code
    return answering.go("code" if begun.code else "tasks")


def _show(
    answering: Answering, form: TokenForm, who: IdentityForm | None, status: int
) -> HttpResponse:
    return answering.render(
        "late",
        _("Answer after the deadline"),
        status=status,
        page_has_errors=status != 200,
        form=form,
        who=who,
    )
