"""The list of consultations: grouped by where they stand, filtered by what the address asks."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django import forms
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from consultations.calls.phases import Dated, Phase, phase_of
from portal.taxonomy.vocabularies import COMMITMENT
from portal.web.addresses import href
from portal.web.forms import Form

PER_PAGE = 20
UNKNOWN = _("“%(value)s” is not one of the choices. All consultations are shown.")


class FilterForm(Form):
    """`?commitment=` and `?phase=`; a value that is no choice is told beside its field."""

    commitment = forms.ChoiceField(
        label=_("Commitment"),
        required=False,
        choices=lambda: [("", _("All commitments")), *COMMITMENT.choices],
        error_messages={"invalid_choice": UNKNOWN},
    )
    phase = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=lambda: [("", _("All")), *Phase.choices],
        error_messages={"invalid_choice": UNKNOWN},
    )


class Listed(Dated, Protocol):
    """A consultation as the list sifts it: by its dates and the keys of its commitments."""

    @property
    def commitments(self) -> list[str]: ...


Entry = TypeVar("Entry", bound=Listed)


def concerning(pages: Iterable[Entry], commitment: str | None) -> list[Entry]:
    """
    Return those that a commitment is set for; all of them where `commitment` is empty.

    Sifted here and not by the database: terms are a JSON column that no index knows, and the
    consultations of one portal are counted in dozens.
    """
    return [page for page in pages if not commitment or commitment in page.commitments]


def context(by_deadline: Iterable[Entry], request: HttpRequest, at: datetime) -> dict[str, Any]:
    """
    Return what the list shows of consultations, the next to close first, at an aware instant:
    `open`, `upcoming` and a page of `over`.

    Raises Http404 for a page of the list that does not exist.
    """
    form = FilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    pages = concerning(by_deadline, chosen.get("commitment"))
    by_phase: dict[Phase, list[Entry]] = {phase: [] for phase in Phase}
    for page in pages:
        phase = phase_of(page, at)
        if chosen.get("phase") in ("", None, phase.value):
            by_phase[phase].append(page)
    over = [*by_phase[Phase.CLOSED], *by_phase[Phase.OUTCOME], *by_phase[Phase.CANCELLED]]
    over.sort(key=lambda page: page.closes_at, reverse=True)
    kept = {name: value for name, value in chosen.items() if value}
    return {
        "form": form,
        "filtered": bool(kept),
        "open": by_phase[Phase.OPEN],
        "upcoming": sorted(by_phase[Phase.SCHEDULED], key=lambda page: page.opens_at),
        **_page_of(over, request, kept),
        "phase_of": lambda page: phase_of(page, at),
    }


def _page_of(over: list[Entry], request: HttpRequest, kept: dict[str, str]) -> dict[str, Any]:
    try:
        page = Paginator(over, PER_PAGE).page(request.GET.get("page", 1))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    earlier, later = page.has_previous(), page.has_next()
    return {
        "over": page,
        "previous_href": href(kept, page=page.previous_page_number()) if earlier else "",
        "next_href": href(kept, page=page.next_page_number()) if later else "",
    }
