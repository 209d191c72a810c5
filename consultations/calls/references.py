"""How others name a consultation: by its docket, which never changes."""

from collections.abc import Collection, Mapping

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language

from consultations.calls.models import ConsultationPage, read
from consultations.calls.phases import Phase, phase_of
from portal.cms.wings.influences import Asked, Consultations


def choices() -> list[tuple[str, str]]:
    """Return docket and title of each that was published and has opened, the latest first."""
    found = ConsultationPage.objects.filter(
        docket__isnull=False, first_published_at__isnull=False, opens_at__lte=timezone.now()
    )
    rows = found.order_by("-opens_at").values_list("docket", "title")
    return [(str(docket), f"{docket}: {Truncator(title).chars(80)}") for docket, title in rows]


def shown(dockets: Collection[str]) -> Mapping[str, Asked]:
    """Return those that everybody may read, by docket; an outcome is what a link leads to."""
    at = timezone.now()
    found = read(ConsultationPage.objects.readable().filter(docket__in=dockets))
    return {
        str(page.docket): Asked(
            page.title,
            f"{page.get_url()}{'#outcome' if phase_of(page, at) is Phase.OUTCOME else ''}",
            page.language_of("title") or get_language() or "",
        )
        for page in found
    }


CONSULTATIONS = Consultations(choices, shown)
