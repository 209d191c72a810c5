"""allauth's two views of passkeys that lose, when one does not fit, where somebody was going."""

from allauth.account.adapter import get_adapter
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse


def _tell(request: HttpRequest, form: BaseForm) -> None:
    for text in form.errors.get("credential", []):
        get_adapter().add_message(request, messages.ERROR, message=text)


class SignInView(LoginWebAuthnView):
    def form_invalid(self, form: BaseForm) -> HttpResponse:
        _tell(self.request, form)
        return HttpResponseRedirect(self.passthrough_next_url(reverse("account_login")))


class ProveView(ReauthenticateWebAuthnView):
    def form_invalid(self, form: BaseForm) -> HttpResponse:
        _tell(self.request, form)
        return HttpResponseRedirect(self.passthrough_next_url(self.request.path))
