"""The searches that somebody keeps: their owner's alone, each a 404 for everybody else."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.saved_searches import actions
from portal.saved_searches.criteria import Asked
from portal.saved_searches.forms import SavedSearchForm
from portal.saved_searches.models import SavedSearch
from portal.saved_searches.permissions import MOST
from portal.saved_searches.presenters import Shown, shown
from portal.saved_searches.unsubscribe_links import owner_of
from portal.stakeholders.views import SignedInRequest

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """Show all of one's searches, each with what it asks and where it is run."""
    kept = shown(SavedSearch.objects.of(request.user))
    return render(request, "saved_searches/index.html", {"kept": kept, "most": MOST})


@never_cache
@get_or_post
def save(request: HttpRequest) -> HttpResponse:
    """
    Name a search and keep it.

    The search page's button comes here with `query` and `language`, by GET or POST, signed in or
    not. What is asked stands in the address, so that signing in first loses nothing of it.
    """
    data = request.POST if request.method == "POST" else request.GET
    sent = {name: data[name] for name in ("query", *SavedSearchForm.base_fields) if name in data}
    here = f"{reverse('saved_searches:save')}?{urlencode(sent)}"
    if not request.user.is_authenticated:
        return redirect_to_login(here)
    if request.method == "POST" and "name" not in request.POST:
        return redirect(here)
    return _saving(request, sent)  # type: ignore[arg-type]  # somebody is signed in


def _saving(request: SignedInRequest, sent: dict[str, str]) -> HttpResponse:
    asked, problems = Asked.by_address(sent.get("query", ""))
    kept = SavedSearch.objects.of(request.user).asking(asked.query_string).first()
    if kept is not None:
        messages.info(request, _("You have saved this search before. You can change it here."))
        return redirect("saved_searches:change", kept.pk)
    form = SavedSearchForm.asking(asked, sent, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.save_search(owner=request.user, query=asked.query_string, **form.cleaned_data)
        except actions.TooManyError:
            form.add_error(
                None, _("You keep %(most)s searches already. Delete one first.") % {"most": MOST}
            )
        else:
            messages.success(request, _("The search is saved."))
            return redirect("saved_searches:index")
    context = {"form": form, "shown": Shown.of(asked), "problems": problems}
    return render(request, "saved_searches/save.html", context)


@never_cache
@login_required
@get_or_post
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a search's name, language and mail."""
    search = _own(request, pk)
    form = SavedSearchForm.of(search, request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.change_search(search=search, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your changes are saved."))
        return redirect("saved_searches:index")
    context = {"form": form, "search": search, "shown": Shown.of(Asked.stored(search.query))}
    return render(request, "saved_searches/change.html", context)


@never_cache
@login_required
@get_or_post
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once more, then delete the search."""
    search = _own(request, pk)
    if request.method == "POST":
        actions.delete_search(search=search, by=request.user)
        messages.success(request, _("The search is deleted."))
        return redirect("saved_searches:index")
    return render(request, "saved_searches/delete.html", {"search": search})


@csrf_exempt  # the signature in the address is the proof; mail programs have no token
@never_cache
@get_or_post
def stop(request: HttpRequest) -> HttpResponse:
    """
    Stop mail about saved searches, for whom the link in a mail is made out to.

    A page first, since mail scanners open links; mail programs POST at once (RFC 8058).
    """
    owner_id = owner_of(request.GET.get("of", ""))
    if owner_id is None:
        raise Http404("No such link")
    if request.method == "POST":
        actions.stop_mail(owner_id=owner_id)
    return render(request, "saved_searches/stop.html", {"stopped": request.method == "POST"})


def _own(request: SignedInRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.of(request.user), pk=pk)
