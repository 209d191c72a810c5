"""A person's own pages, and the admin's door."""

from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.stakeholders import actions, departures, known_devices
from portal.stakeholders.forms import DeleteAccountForm, ProfileForm
from portal.stakeholders.models import User
from portal.stakeholders.permissions import (
    user_can_delete_own_account,
    user_may_work_in_admin,
    user_must_prove,
)
from portal.stakeholders.proof.session import way_to_prove, why_to_prove
from portal.web.notices import waiting_for


class SignedInRequest(HttpRequest):
    """A request that `login_required` has let through."""

    user: User  # type: ignore[assignment]


@never_cache
@login_required
def overview(request: SignedInRequest) -> HttpResponse:
    """Show who you are here and where to change it."""
    context = {
        "person": request.user,
        "has_password": request.user.has_usable_password(),
        "has_second_factor": is_mfa_enabled(request.user),
        "works_in_admin": user_may_work_in_admin(request.user),
        "waiting": waiting_for(request.user),
    }
    return render(request, "stakeholders/overview.html", context)


@never_cache
@login_required
def prove(request: SignedInRequest) -> HttpResponse:
    """Lead on to the second factor, and from there to where the member of staff was going."""
    target = get_next_redirect_url(request) or reverse("account_overview")
    if not user_must_prove(request.user):
        return redirect(target)
    messages.warning(request, why_to_prove(request.user))
    return redirect(way_to_prove(request.user, target))


@never_cache
@login_required
def profile(request: SignedInRequest) -> HttpResponse:
    """Change name, stakeholder group and stated organisation."""
    form = ProfileForm.of(request.user, request.POST or None)
    if form.is_valid():
        actions.update_profile(user=request.user, **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        return redirect("account_overview")
    return render(request, "stakeholders/profile.html", {"form": form})


@never_cache
def known(request: HttpRequest) -> HttpResponse:
    """
    Follow the link in a mail with a code: others' attempts no longer hold this browser back.

    It signs nobody in. A link that is over leads to the same page and says so.
    """
    response = redirect("account_login")
    if email := known_devices.email_of_link(request.GET.get("by", "")):
        known_devices.remember(request, response, email)
        messages.success(
            request,
            _("Other people's tries with your address no longer stop this browser."),
        )
    else:
        messages.error(
            request, _("This link no longer works. The next mail with a code has a new one.")
        )
    return response


@never_cache
@login_required
@reauthentication_required(app="allauth.account")
def delete(request: SignedInRequest) -> HttpResponse:
    """Delete one's account, after a page that says what goes and what stays."""
    may = user_can_delete_own_account(request.user)
    data = request.POST if request.method == "POST" else None
    form = DeleteAccountForm(data, has_choice=departures.has_choice(request.user))
    if may and form.is_valid():
        actions.delete_account(user=request.user, erase=form.erases)
        logout(request)
        messages.success(request, _("Your account is deleted."))
        return redirect("/")
    told = departures.told(request.user) if may else []
    context = {"form": form, "may": may, "told": told}
    status = 422 if form.errors else 200 if may else 403
    return render(request, "stakeholders/delete.html", context, status=status)


@never_cache
@login_required
@reauthentication_required(app="allauth.account")
def export(request: SignedInRequest) -> HttpResponseBase:
    """Hand over all that is kept about somebody, to themself, after a page that says what it is."""
    if request.method != "POST":
        return render(request, "stakeholders/export.html")
    return FileResponse(
        actions.export_own(person=request.user), as_attachment=True, filename="account.zip"
    )


@never_cache
def private_login(request: HttpRequest) -> HttpResponse:
    """
    Lead on to signing in from a page, a document or a picture that only some may see.

    Whoever has signed in is refused: Wagtail sent them here, and they would go round in circles.
    """
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect(f"{reverse('account_login')}?{request.META['QUERY_STRING']}")


@never_cache
def admin_login(request: HttpRequest) -> HttpResponse:
    """Lead on to signing in, and from there to where the visitor was going in the portal."""
    target = get_next_redirect_url(request) or reverse("wagtailadmin_home")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': target})}")
