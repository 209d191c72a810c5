"""In the Wagtail admin: answers that came on paper, and tokens for those that come late."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase
from consultations.responses import actions
from consultations.responses.access import cookies, handles
from consultations.responses.errors import Refused
from consultations.responses.forms.identity import IdentityForm
from consultations.responses.models import LateToken, PaperEntry
from consultations.responses.offline.forms import EntryForm, LateTokenForm
from consultations.responses.permissions import user_can_enter_answers, user_can_give_late_tokens
from consultations.responses.views.paper import identity_data
from portal.stakeholders.models import User

SHOWN = 50


@method_decorator(never_cache, name="dispatch")
class PaperView(WagtailAdminTemplateMixin):
    """For those of whom `permission` says so; with `page_id`, about one consultation."""

    permission: Callable[[Any], bool] = staticmethod(user_can_enter_answers)
    header_icon = "mail"
    consultation: ConsultationPage | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not type(self).permission(request.user):
            raise PermissionDenied
        if "page_id" in kwargs:
            self.consultation = get_object_or_404(asking(), pk=kwargs["page_id"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def staff(self) -> User:
        """Return who acts: `permission` has let no stranger pass."""
        assert isinstance(self.request.user, User)
        return self.request.user

    def get_page_subtitle(self) -> str:
        return self.consultation.title if self.consultation else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items]
        if self.consultation is not None:
            items.append({"url": reverse("paper_answers"), "label": PaperAnswersView.page_title})
        return [*items, {"url": "", "label": self.page_title}]


def asking() -> Any:
    """Return published consultations that ask something, the one that closes last first."""
    return ConsultationPage.objects.live().with_questionnaire().order_by("-closes_at")


class PaperAnswersView(PaperView, TemplateView):
    """Page to begin with: each consultation, and what was entered last."""

    page_title = _("Paper and late responses")
    template_name = "responses_admin/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        closed = (Phase.SCHEDULED, Phase.CANCELLED)
        return super().get_context_data(
            **kwargs,
            consultations=[each for each in asking() if each.phase() not in closed],
            entries=PaperEntry.objects.newest()[:SHOWN],
        )


class EnterAnswerView(PaperView, FormView):
    """Page for how an answer came and whose it is; then it is typed in on everybody's pages."""

    page_title = _("Enter a response")
    template_name = "responses_admin/enter.html"
    form_class = EntryForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "consultation": self.consultation}

    def who(self, form: EntryForm) -> IdentityForm:
        """Return who answers: what staff typed, or, where they typed nothing, what the form has."""
        assert self.consultation is not None
        data = None
        if form.is_bound:
            form.is_valid()
            said = identity_data(form.reading) if form.reading else {}
            typed = {name: self.request.POST.get(name, "") for name in IdentityForm.base_fields}
            data = {**typed, **{key: value for key, value in said.items() if not typed.get(key)}}
        page = self.consultation
        return IdentityForm(
            data,
            anonymous_allowed=page.anonymous_allowed,
            asks_on_behalf=page.asks_on_behalf,
            whole=True,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        who = context.get("who") or self.who(context["form"])
        return {**context, "who": who, "consultation": self.consultation}

    def form_valid(self, form: EntryForm) -> HttpResponse:
        who, page = self.who(form), self.consultation
        assert page is not None
        if not who.is_valid():
            return self.render_to_response(self.get_context_data(form=form, who=who), status=422)
        reading = form.reading
        details: dict[str, Any] = who.details()
        if reading:
            details["confidentiality"] = reading.confidentiality
        try:
            begun = actions.enter_on_paper(
                consultation=page,
                by=self.staff,
                channel=form.cleaned_data["channel"],
                received_on=form.cleaned_data["received_on"],
                reason=form.cleaned_data["reason"],
                identity=who.cleaned_data["identity"],
                details=details,
                answers=reading.answers if reading else None,
                notes=reading.notes if reading else (),
            )
        except Refused as refusal:
            form.add_error(refusal.field or None, str(refusal))
            return self.form_invalid(form)
        answer = redirect("responses:code", page.slug)
        cookies.give(answer, page.slug, handles.begin(begun.code, timezone.now()))
        return answer

    def form_invalid(self, form: EntryForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class LateTokensView(PaperView, FormView):
    """
    The tokens of a consultation, and giving another. A token is shown once.

    Of no token it is said whether it was used: two looks at the list would tell when.
    """

    page_title = _("Late tokens")
    header_icon = "key"
    template_name = "responses_admin/late_tokens.html"
    form_class = LateTokenForm
    permission = staticmethod(user_can_give_late_tokens)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "consultation": self.consultation}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = self.consultation
        assert page is not None
        address = self.request.build_absolute_uri(reverse("responses:late", args=[page.slug]))
        return super().get_context_data(
            **kwargs,
            consultation=page,
            tokens=LateToken.objects.given(page.pk),
            now=timezone.now(),
            address=address,
        )

    def form_valid(self, form: LateTokenForm) -> HttpResponse:
        page = self.consultation
        assert page is not None
        try:
            given = actions.give_late_token(
                consultation=page,
                by=self.staff,
                reason=form.cleaned_data["reason"],
                event=form.cleaned_data["event"],
                most_answers=form.cleaned_data["most_answers"],
                is_announced=form.cleaned_data["is_announced"],
                expires_at=form.cleaned_data["expires_at"],
            )
        except Refused as refusal:
            form.add_error(refusal.field or "expires_at", str(refusal))
            return self.form_invalid(form)
        blank = self.form_class(consultation=page)
        return self.render_to_response(self.get_context_data(form=blank, given=given))

    def form_invalid(self, form: LateTokenForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class RevokeTokenView(PaperView, TemplateView):
    """Taking back a token, used or not."""

    page_title = _("Revoke a late token")
    header_icon = "key"
    template_name = "responses_admin/revoke.html"
    permission = staticmethod(user_can_give_late_tokens)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        found = LateToken.objects.given(kwargs["page_id"]).filter(pk=kwargs["token_id"])
        self.token = found.first()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        token = get_object_or_404(LateToken, pk=self.token.pk if self.token else None)
        return super().get_context_data(**kwargs, consultation=self.consultation, token=token)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = self.get_context_data()["token"]
        try:
            actions.revoke_late_token(token=token, by=self.staff)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The token is revoked. It lets in no new response."))
        return redirect("late_tokens", kwargs["page_id"])
