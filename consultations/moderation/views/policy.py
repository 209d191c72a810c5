"""What the public reads of screening: its policy, and how often what was decided."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.moderation.actions.undoing import REJECTION_STANDS_AFTER
from consultations.moderation.page_context import FOLDER
from consultations.moderation.statistics import appeal_counts, tables


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """Show how responses are screened: who decides what, for which reasons, how often each."""
    context = {
        "tables": {table.key: table.rows for table in tables()},
        "appeals": appeal_counts(),
        "days": REJECTION_STANDS_AFTER.days,
        "title": _("How responses are screened"),
    }
    return render(request, f"{FOLDER}/policy.html", context)
