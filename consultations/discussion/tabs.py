"""The link from a consultation's page to its discussion."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase
from consultations.calls.tabs import Section, Voice, register
from consultations.discussion.threads.figures import at_most
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
    thread = getattr(page, "thread", None)
    counted = thread.size.comments if thread else 0
    return counted if counted < COUNT_LIMIT else f"{COUNT_LIMIT:,}+"


def voices(page: ConsultationPage) -> list[Voice]:
    """List how many comments each group has written, in the order of the groups."""
    thread = getattr(page, "thread", None)
    address = f"{href(page)}?group="
    return [
        Voice(key, at_most(count), f"{address}{key}#comments")
        for key, count in (thread.size.by_group if thread else {}).items()
        if count
    ]


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
            related="thread",
        )
    )
