"""
Responses as the staff's queue reads them.

Within a day they stand by their references, which were drawn by chance. Nothing orders by arrival,
since rows of an anonymous response's day could then be laid beside somebody's whereabouts.
"""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase, in_phase
from consultations.moderation.models import Dispute, ScreeningAct
from consultations.moderation.policy import Verb
from consultations.publication.models import PublicCopy
from consultations.publication.small_cells import FEWEST
from consultations.responses.models import Response, ResponseVersion, Status

WAITING = (Status.RECEIVED, Status.CLARIFICATION)
ORDER = ("is_done", "waiting_since", "reference")


def queue() -> QuerySet[Response]:
    """
    Return all responses with what the listing says of each, in one query.

    `waiting_since` is the day of the newest version, `is_new_version` whether an earlier one was
    judged, `proposal` whether a rejection waits for a second person, `is_reported` whether a report
    of a false name waits to be looked at, `is_disputed` whether the public page tells of one,
    `is_done` whether it waits for nothing.
    """
    newest = ResponseVersion.objects.filter(response=OuterRef("pk")).order_by("-number")
    disputes = Dispute.objects.filter(response=OuterRef("pk"))
    acts = ScreeningAct.objects.filter(response=OuterRef("pk")).exclude(verb=Verb.NOTE)
    decided = acts.on_rejection_of(OuterRef("newest_number")).order_by("-number")

    def of_newest(field: str, kind: type = CharField) -> Subquery:
        return Subquery(newest.values(field)[:1], output_field=kind())

    return (
        Response.objects.select_related("consultation")
        .annotate(
            newest_number=Subquery(newest.values("number")[:1]),
            waiting_since=of_newest("submitted_on", DateField),
            submitter=of_newest("name"),
            submitter_organisation=of_newest("organisation_name"),
            group=of_newest("group"),
            language=of_newest("language"),
            is_disputed=Exists(disputes.taken_up()),
            is_reported=Exists(disputes.unseen()),
        )
        .annotate(last_decision=Subquery(decided.values("verb")[:1]))
        .annotate(
            is_new_version=ExpressionWrapper(
                Q(status__in=WAITING) & Exists(acts.filter(version__lt=OuterRef("newest_number"))),
                output_field=BooleanField(),
            ),
            proposal=ExpressionWrapper(
                Q(status__in=WAITING) & Q(last_decision=Verb.PROPOSE_REJECTION),
                output_field=BooleanField(),
            ),
            is_done=Case(When(status__in=WAITING, then=Value(False)), default=Value(True)),
        )
        .order_by(*ORDER)
    )


def with_files(responses: QuerySet[Response], wanted: bool) -> QuerySet[Response]:
    """Return those whose newest version has attachments, or those whose has none."""
    newest = ResponseVersion.objects.filter(
        response=OuterRef("pk"), number=OuterRef("newest_number")
    )
    has = Exists(newest.exclude(files={}))
    return responses.filter(has if wanted else ~has)


class Waiting(NamedTuple):
    """
    Counts: how many responses wait to be screened, and since when; how many are disputed, and of
    how many a report of a false name waits to be looked at.
    """

    responses: int
    oldest: date | None
    disputed: int
    reported: int


def waiting() -> Waiting:
    """Return what the home page of the admin says of the queue."""
    found = Response.objects.filter(status=Status.RECEIVED)
    newest = ResponseVersion.objects.filter(response=OuterRef("pk")).order_by("-number")
    oldest = found.annotate(since=Subquery(newest.values("submitted_on")[:1])).aggregate(
        oldest=Min("since")
    )["oldest"]
    disputed, reported = (
        disputes.values("response").distinct().count()
        for disputes in (Dispute.objects.taken_up(), Dispute.objects.unseen())
    )
    return Waiting(found.count(), oldest, disputed, reported)


class Unpublished(NamedTuple):
    """
    Counts of a consultation: accepted and waiting for publication, how many of these without a
    name, and how many of those held back because too few would stand together.
    """

    consultation: str
    responses: int
    nameless: int
    held: int


def unpublished() -> list[Unpublished]:
    """Return what waits for publication, for each consultation where something does."""
    nameless = Q(display_name="")
    counted = (
        PublicCopy.objects.waiting()
        .order_by("consultation__title", "consultation")
        .values("consultation", "consultation__title")
        .annotate(
            all=Count("id"),
            nameless=Count("id", filter=nameless),
            willing=Count("id", filter=nameless & Q(response__even_if_alone=True)),
        )
    )
    public = PublicCopy.objects.published().nameless().order_by().values_list("consultation")
    shown = dict(public.annotate(count=Count("id")))
    return [
        Unpublished(
            each["consultation__title"],
            each["all"],
            each["nameless"],
            0
            if each["nameless"] + shown.get(each["consultation"], 0) >= FEWEST
            else each["nameless"] - each["willing"],
        )
        for each in counted
    ]


class CameIn(NamedTuple):
    """Counts of one consultation: its responses, those new since a day, unscreened, published."""

    title: str
    docket: str
    slug: str
    deadline: datetime
    responses: int
    new: int
    waiting: int
    published: int


def came_in(at: datetime, since: date) -> list[CameIn]:
    """Return what came in of each consultation that is open or in analysis, by deadline."""
    pages = ConsultationPage.objects.live().filter(
        in_phase(Phase.OPEN, at) | in_phase(Phase.CLOSED, at)
    )
    kept = Response.objects.exclude(status=Status.WITHDRAWN).order_by()
    counted = kept.filter(consultation=OuterRef("pk"))

    def number(found: QuerySet[Response]) -> Coalesce:
        counts = found.values("consultation").annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counts), 0)

    rows = pages.order_by("closes_at", "pk").values_list(
        "title",
        "docket",
        "slug",
        "closes_at",
        number(counted),
        number(counted.filter(received_on__gte=since)),
        number(counted.filter(status__in=WAITING)),
        number(counted.filter(status=Status.PUBLISHED)),
    )
    return [CameIn(*row) for row in rows]
