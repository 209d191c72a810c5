"""Proof again before what concerns an account's safety, where allauth has no page of its own."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import BaseReauthenticateView, password_set
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.staff_log.actions import note
from portal.staff_log.models import What
from portal.stakeholders.forms import ProofCodeForm
from portal.stakeholders.proof.mailed_code import is_waiting, send_code, take_code

# A password is a way in: allauth lets anybody who is signed in add one.
set_password = login_required(reauthentication_required(password_set, app="allauth.account"))


@method_decorator([never_cache, login_required], name="dispatch")
class MailedProofView(BaseReauthenticateView):
    """A code is sent when that is asked for, and entered here."""

    form_class = ProofCodeForm
    template_name = "account/reauthenticate_by_code.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") != "send":
            return super().post(request, *args, **kwargs)
        if not send_code(request, request.user):  # type: ignore[arg-type]  # signed in
            messages.error(request, _("Many codes were sent. Wait an hour, then ask for another."))
        return HttpResponseRedirect(self.passthrough_next_url(request.path))

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if not take_code(self.request, form.cleaned_data["code"]):
            note(self.request.user, What.WRONG_CODE)
            form.add_error("code", _("The code is not right. Check it against the newest e-mail."))
            return self.form_invalid(form)
        record_authentication(self.request, self.request.user, method="code", reauthenticated=True)
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        more = {"is_waiting": is_waiting(self.request), "email": self.request.user.email}
        return {**context, **more}
