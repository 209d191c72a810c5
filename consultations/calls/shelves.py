"""What the home page and the commitment pages show of consultations."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from consultations.calls.listing import concerning
from consultations.calls.models import ConsultationPage, read
from consultations.calls.models.queries import ConsultationQuerySet
from consultations.calls.phases import Phase, phase_of
from consultations.calls.tabs import invitation
from portal.cms.jinja import datetime_in, day
from portal.cms.models.in_every_language import asked_alike
from portal.cms.navigation import address
from portal.cms.shelves import Exchange, Shelf, Teaser, register
from portal.cms.wings.matrix import WORK, Entry
from portal.search.cards import plain_text
from portal.search.facet_counts import PublicCards
from portal.taxonomy.vocabularies import COMMITMENT
from portal.web.addresses import href
from portal.web.text_direction import isolated


@asked_alike
def _readable() -> ConsultationQuerySet:
    readable: ConsultationQuerySet = ConsultationPage.objects.readable()
    return readable


def open_now(commitment: str | None, limit: int) -> list[Teaser]:
    """Consultations that can be answered now, the next to close first. Two queries."""
    found = _readable().in_phase(Phase.OPEN, timezone.now()).by_deadline()
    return [_teaser(page) for page in read(islice(concerning(found, commitment), limit))]


def _teaser(page: ConsultationPage) -> Teaser:
    until = _("Open until %(deadline)s") % {"deadline": datetime_in(page.deadline, page.timezone)}
    nameless = "" if page.anonymous_allowed else _("Responses here need a name")
    deed, deed_href = invitation(page)
    return Teaser(
        title=page.title,
        language=_foreign(page, "title"),
        href=page.get_url(),
        summary=page.summary,
        kind=until,
        drawing=f"phase-{Phase.OPEN}",
        meta=[isolated(page.host), nameless],
        begins_at=page.opens_at,
        ends_at=page.deadline,
        deed=deed,
        deed_href=deed_href,
    )


def answered(commitment: str | None, limit: int) -> list[Teaser]:
    """Consultations with a published outcome, the latest first. Two queries."""
    readable = _readable().with_dispositions()
    found = readable.in_phase(Phase.OUTCOME, timezone.now())
    latest_first = found.order_by("-outcome_published_at", "-pk")
    return [_decided(page) for page in read(islice(concerning(latest_first, commitment), limit))]


def _decided(page: ConsultationPage) -> Teaser:
    published = day(page.outcome_published_at, page.timezone)
    return Teaser(
        title=page.title,
        language=_foreign(page, "title"),
        href=f"{page.get_url()}#outcome",
        summary=page.outcome_summary,
        kind=_("Outcome published %(day)s") % {"day": published},
        drawing=f"phase-{Phase.OUTCOME}",
        meta=[isolated(page.host)],
        points=len(page.dispositions),
        exchange=_exchange(page.dispositions[0].value) if page.dispositions else None,
    )


def _foreign(page: ConsultationPage, unit: str) -> str:
    """Return the language of its words there, where this is not the reader's."""
    language = page.language_of(unit)
    return "" if language == get_language() else language


def _exchange(disposition: Mapping[str, Any]) -> Exchange:
    said, did = (plain_text(disposition[side].source) for side in ("said", "did"))
    return Exchange(disposition["theme"], said, did)


def asked_and_decided(_cards: PublicCards) -> Iterator[Entry]:
    """
    Count what was asked under each commitment, and what was decided: the points of outcomes.

    Two queries. Consultations are counted as their list has them.
    """
    at = timezone.now()
    pages = list(_readable().with_dispositions())
    for key in COMMITMENT.keys:
        found = concerning(pages, key)
        is_open = [page for page in found if phase_of(page, at) is Phase.OPEN]
        over = [page for page in found if phase_of(page, at) is Phase.OUTCOME]
        points = sum(len(page.dispositions) for page in over)
        for column, number, told, phase in (
            (
                "asked",
                len(found),
                ngettext("%(num)d consultation", "%(num)d consultations", len(found)),
                "",
            ),
            (
                "asked",
                len(is_open),
                ngettext("%(num)d open now", "%(num)d open now", len(is_open)),
                Phase.OPEN,
            ),
            (
                "decided",
                len(over),
                ngettext("%(num)d outcome", "%(num)d outcomes", len(over)),
                Phase.OUTCOME,
            ),
            (
                "decided",
                points,
                ngettext("%(num)d point decided", "%(num)d points decided", points),
                Phase.OUTCOME,
            ),
        ):
            if number:
                kept = {"commitment": key, "phase": str(phase)}
                yield Entry(
                    column, key, told % {"num": number}, href(kept, address("consultations/"))
                )


def register_shelves() -> None:
    """Put both shelves up, and fill the columns of the matrix."""
    WORK.register("consultations", asked_and_decided)
    register(
        Shelf(
            key="open-consultations",
            title=gettext_lazy("Open consultations"),
            order=10,
            teasers=open_now,
            more_href=lambda: address("consultations/"),
            more_text=gettext_lazy("All consultations"),
            leads=2,
            only_there=True,
            nothing=gettext_lazy("No consultation is open now."),
        )
    )
    register(
        Shelf(
            key="outcomes",
            title=gettext_lazy("How input was used"),
            order=15,
            teasers=answered,
            more_href=lambda: address("consultations/?phase=outcome"),
            more_text=gettext_lazy("All outcomes"),
            leads=1,
        )
    )
