"""The entries of control lists as pages and as a file, and which guides rely on each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.control_lists.export import as_csv
from knowledge.control_lists.forms import FindEntryForm
from knowledge.control_lists.models import ListEntry
from knowledge.control_lists.registry import cited_by
from portal.cms.navigation import address
from portal.metadata import metadata
from portal.open_data import open_data
from portal.web.downloads import saved_as
from portal.web.revalidation import revalidated


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the entries by number, or those that somebody means by a code."""
    form = FindEntryForm(request.GET)
    code = form.chosen
    every = ListEntry.objects.with_versions()
    context = {
        "form": form,
        "code": code,
        "entries": every.with_code(code) if code else list(every),
        "today": timezone.localdate(),
        "home_href": address(""),
        **metadata(request, {"@type": "CollectionPage", "name": _("Control-list entries")}),
    }
    return render(request, "knowledge/control_lists/index.html", context)


@require_safe
def entry(request: HttpRequest, key: str) -> HttpResponse:
    """Show an entry: its numbers in each list, its versions, and the guides that cite it."""
    if key != key.lower():
        return redirect("control_list_entry", key.lower(), permanent=True)
    found = get_object_or_404(ListEntry.objects.with_versions(), key=key)
    defined = {"@type": "DefinedTerm", "name": found.title, "termCode": found.number}
    context = {
        "entry": found,
        "cited_by": cited_by(found),
        "today": timezone.localdate(),
        "home_href": address(""),
        **metadata(request, defined),
    }
    return render(request, "knowledge/control_lists/entry.html", context)


@require_safe
@revalidated
@open_data
def concordance(request: HttpRequest) -> HttpResponse:
    """Send the numbers of each entry in each list as a spreadsheet reads them."""
    kept = as_csv(ListEntry.objects.with_versions(), timezone.localdate())
    named = saved_as("control-list-concordance.csv")
    return HttpResponse(kept, content_type="text/csv; charset=utf-8", headers=named)
