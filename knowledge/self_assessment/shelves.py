"""The way to the self-assessments from the pages of two commitments."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from portal.cms.navigation import address
from portal.cms.shelves import Shelf, Teaser


def assessments(commitment: str | None, limit: int) -> Sequence[Teaser]:
    """Return that of states under capacity building, that of companies under due diligence."""
    found = {"capacity": _of_states, "due-diligence": _of_companies}
    return [found[commitment]()] if commitment in found else []


def _of_states() -> Teaser:
    return Teaser(
        title=gettext("Self-assessment of export controls"),
        href=reverse("self_assessment:states"),
        summary=gettext(
            "Find out where your state stands, without telling anybody, and leave with a draft "
            "plan."
        ),
    )


def _of_companies() -> Teaser:
    return Teaser(
        title=gettext("Due-diligence check for companies"),
        href=reverse("self_assessment:company"),
        summary=gettext(
            "24 questions on human rights before and after a sale. Nothing that you answer is "
            "stored."
        ),
    )


def _learning() -> str:
    return address("learning/")


WHERE_YOU_STAND = Shelf(
    key="self-assessment",
    title=gettext_lazy("See where you stand"),
    order=25,
    teasers=assessments,
    more_href=_learning,
    more_text=gettext_lazy("Learning: where to begin"),
)
