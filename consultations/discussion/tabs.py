"""The link from a consultation's page to its discussion."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase
from consultations.calls.tabs import Section, Voice, register
from consultations.discussion.threads.figures import Size, at_most, size_of
from consultations.discussion.threads.queries import COUNT_LIMIT

KEY = "discussion"


def href(page: ConsultationPage) -> str:
    """Return the discussion's address; "" before the consultation opens and where there is none."""
    if not page.discussion_enabled and not hasattr(page, "thread"):
        return ""
    if page.phase() is Phase.SCHEDULED:
        return ""
    return reverse("discussion:thread", args=[page.slug])


def count(page: ConsultationPage) -> int | str:
    """Count the comments, as told to readers: "5,000+" beyond what is worth counting."""
    counted = _size(page).comments
    return counted if counted < COUNT_LIMIT else f"{COUNT_LIMIT:,}+"


def voices(page: ConsultationPage) -> list[Voice]:
    """List how many comments each group has written, in the order of the groups."""
    address = f"{href(page)}?group="
    return [
        Voice(key, at_most(count), f"{address}{key}#comments")
        for key, count in _size(page).by_group.items()
        if count
    ]


def _size(page: ConsultationPage) -> Size:
    """Count for both at once: the page is read once, and then shown."""
    if "_size_of_discussion" not in page.__dict__:
        page.__dict__["_size_of_discussion"] = size_of(page.pk)
    kept: Size = page.__dict__["_size_of_discussion"]
    return kept


def register_section() -> None:
    """Put the link up."""
    register(
        Section(
            KEY,
            # Translators: beside others in one line, on a phone: short.
            _("Discussion"),
            href,
            count,
            invitation=_("Join the discussion"),
            order=30,
            voices=voices,
        )
    )
