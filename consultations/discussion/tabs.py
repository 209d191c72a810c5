"""The link from a consultation's page to its discussion."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase
from consultations.calls.tabs import Section, Voice, register
from consultations.discussion.models import Comment
from consultations.discussion.threads.queries import COUNT_LIMIT
from portal.taxonomy.vocabularies import GROUP

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
    counted = Comment.objects.count_up_to_limit(page.pk)
    return counted if counted < COUNT_LIMIT else f"{COUNT_LIMIT:,}+"


def by_group(consultation_id: int) -> dict[str, int]:
    """
    Count a consultation's comments by the group that they carry; {} where there are too many.

    Official answers are of no group; what was hidden or taken back is not counted.
    """
    said = Comment.objects.filter(
        thread__consultation=consultation_id, is_official=False, hidden_at=None, removed_on=None
    ).order_by()
    some = Comment.objects.filter(pk__in=said.values("pk")[:COUNT_LIMIT]).order_by()
    counted = dict(some.values_list("group").annotate(count=Count("pk")))
    return counted if sum(counted.values()) < COUNT_LIMIT else {}


def voices(page: ConsultationPage) -> list[Voice]:
    """List how many comments each group has written, in the order of the groups."""
    counted = by_group(page.pk)
    address = f"{href(page)}?group="
    return [
        Voice(key, counted[key], f"{address}{key}")
        for key in (term.key for term in GROUP)
        if key in counted
    ]


def register_section() -> None:
    """Put the link up."""
    register(
        Section(
            KEY,
            _("Discussion"),
            href,
            count,
            invitation=_("Join the discussion"),
            order=30,
            voices=voices,
        )
    )
