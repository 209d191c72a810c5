"""
Telling followers what has happened, each event once.

Most of it has no actor: a consultation opens, closes, and is cancelled or answered at a moment that
was set before. So nothing is told where something is decided; a timer looks what has happened since
(`manage.py tell_followers`, in `housekeeping`), and what it finds is what the feed says.
"""

from datetime import datetime

from django.db import transaction

from consultations.calls.feeds.events import Event
from consultations.calls.models import ConsultationPage
from consultations.following.contacts import about, reachable
from consultations.following.events import LAST, happened
from consultations.following.expiry import KEPT
from consultations.following.models import Announced, Follow
from consultations.following.notifications import KIND
from portal.notifications.actions import notify


def tell_followers(*, at: datetime) -> int:
    """
    Tell the followers of what has happened until an aware instant; returns of how many events.

    May run as often and as many times at once as one likes: whatever ends a run, nobody is told
    twice, and nothing is left out. Addresses go with the last news of a consultation, or two years
    after its deadline where it is shown to nobody any more.
    """
    followed = ConsultationPage.objects.filter(pk__in=Follow.objects.values("consultation"))
    readable = list(followed.readable().prefetch_related("extensions"))
    known = set(
        Announced.objects.filter(consultation__in=readable).values_list("consultation_id", "key")
    )
    news = [each for each in happened(readable, at) if (each.page.pk, each.key) not in known]
    for event in reversed(news):
        _tell_all(event)
    Follow.objects.filter(consultation__closes_at__lte=at - KEPT).delete()
    return len(news)


def pass_over(page: ConsultationPage, at: datetime) -> None:
    """Have nobody told what happened before the first of its followers came; in a transaction."""
    seen = [Announced(consultation=page, key=event.key) for event in happened([page], at)]
    Announced.objects.bulk_create(seen, ignore_conflicts=True)


def _tell_all(event: Event) -> None:
    """Tell each in a short transaction of its own: many followers hold up nobody who writes."""
    for pk in list(Follow.objects.filter(consultation=event.page).values_list("pk", flat=True)):
        _tell(pk, event)
    Announced.objects.get_or_create(consultation=event.page, key=event.key)


@transaction.atomic
def _tell(pk: int, event: Event) -> None:
    """Write the mail down; with the last one the address goes."""
    follow = Follow.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if follow is None:  # stopped meanwhile
        return
    to = reachable(follow)
    if to is not None:
        notify(
            KIND,
            to=to.address,
            language=to.language,
            context={"consultation": event.page.pk, "event": event.key, "follow": pk},
            once=f"{KIND}.{pk}.{event.key}",
            about=about(pk),
        )
    if event.key in LAST:
        follow.delete()
