"""
Until when codes open answers: for so many months after a consultation has closed and been answered.

In whole days of UTC. Not before that, for writers wait for what becomes of their answers; and not
for ever, for a code lies somewhere and can be found. What lets answers in late holds the codes open
that are needed for it: they never end before the last day of a late token.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Case, Exists, Max, OuterRef, Q, QuerySet, When
from django.db.models.functions import Greatest
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase, in_phase
from consultations.responses.models import LateToken

DAY = timedelta(days=1)


def last_day(page: ConsultationPage, at: datetime) -> date | None:
    """
    Return the last day (UTC) on which codes of a consultation open answers, as known at an instant.

    None while the consultation is neither answered nor cancelled: then it is not known yet.
    """
    counted = _counted_from(page, at)
    if counted is None:
        return None
    last = months_after(_day(counted), page.code_months)
    tokens = LateToken.objects.filter(consultation=page.pk).aggregate(last=Max("expires_at"))
    return max(last, _day(tokens["last"])) if tokens["last"] else last


def have_ended(page: ConsultationPage, at: datetime) -> bool:
    """Say whether a consultation's codes open nothing any more at an aware instant."""
    counted = _counted_from(page, at)
    if counted is None or months_after(_day(counted), page.code_months) >= _day(at):
        return False  # the usual case, without a query
    last = last_day(page, at)
    return last is not None and last < _day(at)


def with_ended_codes(at: datetime) -> QuerySet[ConsultationPage]:
    """Return the consultations whose codes have ended at an aware instant: the same, as rows."""
    today = _day(at)
    counted_from = Case(
        When(in_phase(Phase.CANCELLED, at), then=Greatest("closes_at", "cancelled_at")),
        When(in_phase(Phase.OUTCOME, at), then=Greatest("closes_at", "outcome_published_at")),
    )
    over = Q()
    for months in (
        ConsultationPage.objects.order_by().values_list("code_months", flat=True).distinct()
    ):
        over |= Q(code_months=months, counted_from__lt=_begin(_first_that_lasts(months, today)))
    tokens = LateToken.objects.filter(consultation=OuterRef("pk"), expires_at__gte=_begin(today))
    pages = ConsultationPage.objects.annotate(counted_from=counted_from)
    return pages.exclude(counted_from=None).filter(over).exclude(Exists(tokens))


def months_after(day: date, months: int) -> date:
    """Return the same day of the month so many months later, or the last that this month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def sentence(page: ConsultationPage, at: datetime, *, is_in_hand: bool) -> str:
    """
    Say until when a code opens an answer, and what then becomes of it.

    `is_in_hand`: to whoever has opened theirs. Of codes that have ended it is told that all of a
    consultation have, and so nothing of any single one.
    """
    last = last_day(page, at)
    told = {"day": formats.date_format(last)} if last else {}
    if last is None:
        until = _in_months(page.code_months, is_in_hand)
    elif last < _day(at):
        ended = _("The codes of this consultation have ended. They opened responses until %(day)s.")
        return ended % told
    elif is_in_hand:
        until = _("Your code opens this response until the end of %(day)s (UTC).") % told
    else:
        until = _("A code opens a response until the end of %(day)s (UTC).") % told
    then = _("After that nobody can open the response with it, and what we keep of it is erased.")
    return f"{until} {then}"


def _in_months(months: int, is_in_hand: bool) -> str:
    if is_in_hand:
        until = ngettext(
            "Your code opens this response until %(months)d month after the consultation has "
            "closed and its outcome is published.",
            "Your code opens this response until %(months)d months after the consultation has "
            "closed and its outcome is published.",
            months,
        )
    else:
        until = ngettext(
            "A code opens a response until %(months)d month after the consultation has closed and "
            "its outcome is published.",
            "A code opens a response until %(months)d months after the consultation has closed and "
            "its outcome is published.",
            months,
        )
    return until % {"months": months}


def _counted_from(page: ConsultationPage, at: datetime) -> datetime | None:
    phase = page.phase(at)
    answered = {Phase.CANCELLED: page.cancelled_at, Phase.OUTCOME: page.outcome_published_at}
    over = answered.get(phase)
    return max(page.closes_at, over) if over else None


def _first_that_lasts(months: int, today: date) -> date:
    """Return the first day from which so many months last until `today` or longer."""
    day = months_after(today, -months)
    return day if months_after(day, months) >= today else day + DAY


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
