"""A request to take a page down, and its decision; each is in the page's history too."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page

from portal.cms.models import UnpublishRequest
from portal.cms.unpublishing.permissions import user_can_ask, user_can_decide
from portal.cms.unpublishing.registry import ends_of
from portal.stakeholders.models import User
from portal.text import clean_text

ASKED, KEPT = "portal.unpublish.ask", "portal.unpublish.keep"


def ask_to_unpublish(
    *,
    page: Page,
    by: User,
    reason: str,
    end: str = "",
    successor: Page | None = None,
    at: datetime | None = None,
) -> UnpublishRequest:
    """
    Ask for a page to be taken down; the request waits on the dashboard of those who decide.

    `end` is the key of an end of the page's type, and `successor` what takes its place. Raises
    PermissionDenied, and ValidationError (keyed by field) without a reason, for an end or successor
    that cannot be, or where somebody has asked already.
    """
    if not user_can_ask(by, page):
        raise PermissionDenied
    if not end and not page.permissions_for_user(by).can_ask_to_unpublish():
        raise PermissionDenied
    if not (reason := clean_text(reason)):
        raise ValidationError({"reason": _("Say why it should be unpublished.")})
    _check_end(page, end, successor)
    with transaction.atomic():
        Page.objects.select_for_update().get(pk=page.pk)  # of two at once, one asks
        if UnpublishRequest.objects.waiting().filter(page=page.pk).exists():
            raise ValidationError(_("Somebody has asked for this already. It waits."))
        # What was left open when the page was taken down in some other way is over.
        _decide_open([page.pk], None, at or timezone.now())
        asked = UnpublishRequest.objects.create(
            page_id=page.pk,
            asked_by=by,
            reason=reason,
            end=end,
            successor_id=successor.pk if successor else None,
            asked_at=at or timezone.now(),
        )
        log(instance=page, action=ASKED, user=by, data={"reason": reason})
    return asked


def unpublish_as_asked(*, request: UnpublishRequest, by: User, at: datetime | None = None) -> None:
    """
    Take down the page of a request.

    Raises PermissionDenied, and ValidationError where it is decided, a schedule is in the way, or
    what should take its place is not published any more.
    """
    with transaction.atomic():
        page = _open_page(request, by)
        if page.approved_schedule:
            raise ValidationError(
                _("A version of this page waits to be published. Cancel its schedule first.")
            )
        try:
            _check_end(page, request.end, request.successor)
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
        if request.end and (ends := ends_of(page)):
            ends.act(page, request)
        _decide_open([page.pk], by, at or timezone.now())


def keep_published(
    *, request: UnpublishRequest, by: User, answer: str, at: datetime | None = None
) -> None:
    """
    Leave the page of a request as it is, and say why.

    Raises PermissionDenied, and ValidationError (keyed by field) where it is decided or no answer
    is given.
    """
    if not (answer := clean_text(answer)):
        raise ValidationError({"answer": _("Say why it stays. Whoever asked reads it.")})
    with transaction.atomic():
        page = _open_page(request, by)
        UnpublishRequest.objects.filter(pk=request.pk).update(
            decision=UnpublishRequest.Decision.KEPT,
            answer=answer,
            decided_by=by,
            decided_at=at or timezone.now(),
        )
        log(instance=page, action=KEPT, user=by, data={"reason": answer})


def note_unpublished(*, pages: Iterable[Page], by: User) -> None:
    """Decide what waited about pages that somebody has just taken down without looking here."""
    _decide_open([page.pk for page in pages], by, timezone.now())


def _check_end(page: Page, key: str, successor: Page | None) -> None:
    if not key:
        return
    ends = ends_of(page)
    end = ends.end(key) if ends else None
    if ends is None or end is None:
        raise ValidationError({"end": _("Choose one of these.")})
    if end.needs_successor and successor is None:
        raise ValidationError({"successor": _("Choose what takes its place.")})
    if successor and not ends.successors(page).filter(pk=successor.pk).exists():
        told = _("What should take its place is not published, or is the page itself.")
        raise ValidationError({"successor": told})


def _open_page(request: UnpublishRequest, by: User) -> Page:
    row = UnpublishRequest.objects.select_for_update().get(pk=request.pk)
    page: Page = row.page.specific
    if not user_can_decide(by, row):
        raise PermissionDenied
    if row.decided_at or not page.live:
        raise ValidationError(_("Somebody has decided this meanwhile."))
    return page


def _decide_open(page_ids: list[int], by: User | None, at: datetime) -> None:
    UnpublishRequest.objects.filter(page__in=page_ids, decided_at__isnull=True).update(
        decision=UnpublishRequest.Decision.UNPUBLISHED, decided_by=by, decided_at=at
    )
