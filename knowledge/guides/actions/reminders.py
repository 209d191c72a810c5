"""Reminding those who answer for guides of reviews that are due."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from knowledge.guides.models import MAILBOXES, GuidePage, Owner, ReviewReminder
from knowledge.guides.notifications import REVIEWS
from knowledge.guides.schedule import AHEAD, TO_DEPUTY, TO_EDITORS, step_of
from portal.notifications.actions import notify
from portal.stakeholders.models import User, confirmed_addresses
from portal.stakeholders.roles import EDITOR


class Due(NamedTuple):
    """A guide whose review has reached a step that nobody was told of."""

    guide: GuidePage
    due: date
    step: int


@transaction.atomic
def remind_of_reviews(*, on: date) -> int:
    """
    Write to those whom reviews concern on the day `on`, in one mail for each owner and mailbox.

    Returns how many mails. May run as often as one likes: each step of each review is told of
    once, and after days without a run the latest step alone. A guide whose owner cannot be reached
    is told of as soon as one can.
    """
    due = _not_told(on)
    by_owner: dict[Owner, list[Due]] = defaultdict(list)
    for each in due:
        if each.guide.unit:
            by_owner[each.guide.unit].append(each)
    told: set[int] = set()
    mails = 0
    for owner, guides in by_owner.items():
        for box, first in zip(MAILBOXES, (None, TO_DEPUTY), strict=True):
            theirs = [each for each in guides if first is None or each.step >= first]
            if theirs and (address := owner.reached(box)):
                _tell(address, owner.language, owner.unit, theirs)
                told |= {each.guide.pk for each in theirs}
                mails += 1
    late = [each for each in due if each.step >= TO_EDITORS]
    for editor in _editors() if late else ():
        _tell(editor.email, settings.LANGUAGE_CODE, "", late)
        told |= {each.guide.pk for each in late}
        mails += 1
    _note([each for each in due if each.guide.pk in told])
    return mails


def _not_told(on: date) -> list[Due]:
    told = {each.guide_id: each for each in ReviewReminder.objects.select_for_update()}
    found = GuidePage.objects.due_for_review(on + AHEAD).without_text().select_related("unit")
    return [
        Due(guide, guide.review_due, step)
        for guide in found
        if guide.review_due and (step := step_of(guide.review_due, on)) is not None
        if guide.pk not in told or not told[guide.pk].covers(guide.review_due, step)
    ]


def _editors() -> Iterator[User]:
    """Yield the editors whose accounts are in use and whose addresses are proved."""
    proved = confirmed_addresses(OuterRef("pk"), OuterRef("email"))
    found = User.objects.filter(Exists(proved), groups__name=EDITOR, is_active=True)
    yield from found.distinct().order_by("pk")


def _tell(address: str, language: str, unit: str, due: list[Due]) -> None:
    steps = [(each.guide.pk, str(each.due), each.step) for each in due]
    notify(
        REVIEWS,
        to=address,
        language=language,
        context={"unit": unit, "guides": [each.guide.pk for each in due]},
        once=f"{REVIEWS}:{address}:{unit}:{steps}",
    )


def _note(due: list[Due]) -> None:
    ReviewReminder.objects.bulk_create(
        [ReviewReminder(guide=e.guide, due=e.due, step=e.step) for e in due],
        update_conflicts=True,
        unique_fields=["guide"],
        update_fields=["due", "step"],
    )
