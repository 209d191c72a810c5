"""
Responses as the staff's queue reads them.

Within a day they stand by their references, which were drawn by chance. Nothing orders by arrival,
since rows of an anonymous response's day could then be laid beside somebody's whereabouts.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, StrIndex

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase, in_phase
from consultations.moderation.models import Dispute, Opened, ScreeningAct
from consultations.moderation.policy import Verb
from consultations.publication.models import PublicCopy
from consultations.publication.small_cells import FEWEST
from consultations.responses.models import (
    Handling,
    Response,
    ResponseVersion,
    Signatory,
    Status,
)
from consultations.responses.models.findable import by_index, says_word
from portal.stakeholders.models import Person
from portal.text import clean_line, folded, spellings

WAITING = (Status.RECEIVED, Status.CLARIFICATION)
# Words of a search, and how many responses it finds at most.
MOST_WORDS, MOST_FOUND = 6, 1_001


def queue() -> QuerySet[Response]:
    """Return all responses that somebody sent, in no order; `pages.page_of` gives them theirs."""
    return Response.objects.filter(newest_on__isnull=False)


def _newest() -> QuerySet[ResponseVersion]:
    """Return the newest version of a response, inside a query of responses."""
    return ResponseVersion.objects.filter(
        response=OuterRef("pk"), number=OuterRef("newest_number")
    ).order_by()


def of_newest(responses: QuerySet[Response], **values: Any) -> QuerySet[Response]:
    """Return those whose newest version has these values."""
    return responses.filter(Exists(_newest().filter(**values)))


def with_files() -> Exists:
    """Say that the newest version has attachments."""
    return Exists(_newest().exclude(files={}))


def proposed() -> Q:
    """Say that a rejection waits for a second person: of few, so they are looked up first."""
    acts = ScreeningAct.objects.filter(response=OuterRef("pk"))
    decided = acts.on_rejection_of(OuterRef("newest_number")).order_by("-number")
    ever = ScreeningAct.objects.filter(verb=Verb.PROPOSE_REJECTION).order_by()
    found = (
        Response.objects.filter(status__in=WAITING, pk__in=ever.values("response"))
        .annotate(last_decision=Subquery(decided.values("verb")[:1]))
        .filter(last_decision=Verb.PROPOSE_REJECTION)
    )
    return Q(pk__in=found.values("pk"))


def renewed() -> Q:
    """Say that a response waits to be judged anew, since an earlier version was judged."""
    acts = ScreeningAct.objects.filter(response=OuterRef("pk")).exclude(verb=Verb.NOTE).order_by()
    before = acts.filter(version__lt=OuterRef("newest_number"))
    return Q(status__in=WAITING, newest_number__gt=1) & Q(Exists(before))


def reported() -> Q:
    """Say that a report of a false name waits to be looked at."""
    return Q(pk__in=Dispute.objects.unseen().order_by().values("response"))


def disputed() -> Q:
    """Say that the public page tells of a dispute."""
    return Q(pk__in=Dispute.objects.taken_up().order_by().values("response"))


def opened_by(person: Person) -> Q:
    """Say that somebody of the staff has opened the newest version."""
    mine = Opened.objects.filter(
        response=OuterRef("pk"), by=person.pk, version=OuterRef("newest_number")
    )
    return Q(Exists(mine))


def with_words(responses: QuerySet[Response], typed: str) -> QuerySet[Response]:
    """
    Return those in which each of the words stands: in the reference, an answer, a name, a note.

    Nothing is found by what must not be known: by answers that somebody must be cleared to read,
    whoever searches, since each opening of these is logged; nor by the name of one who answers
    without a name. Only the newest version counts: an earlier one may say what was taken back.
    It finds the first MOST_FOUND of the queue.
    """
    words = clean_line(typed).split()[:MOST_WORDS]
    if not words:
        return responses
    is_done = Case(When(status__in=WAITING, then=0), default=1)
    found = responses.filter(*(Q(pk__in=_with_word(word)) for word in words))
    found = found.order_by(is_done, "newest_on", "reference")
    with by_index():
        first = list(found.values_list("pk", flat=True)[:MOST_FOUND])
    return responses.filter(pk__in=first)


def _with_word(word: str) -> QuerySet[Any]:
    """
    Return the keys of the responses with one word, some of them twice.

    Each place is asked by itself: told "here or there" of all places, PostgreSQL asks all of them
    anew for each response, which took it four seconds.
    """
    newest = ResponseVersion.objects.filter(number=F("response__newest_number"))
    wanted = Value(folded(word))
    named = newest.annotate(place=StrIndex("findable_names", wanted)).filter(place__gt=0)
    public = newest.exclude(response__handling=Handling.CONFIDENTIAL)
    noted, signed = Q(), Q()
    for each in spellings(word):
        noted |= Q(note__icontains=each)
        signed |= Q(name__icontains=each) | Q(organisation_name__icontains=each)
    places: list[QuerySet[Any]] = [
        ScreeningAct.objects.exclude(note="").filter(noted),
        Signatory.objects.filter(signed, response__isnull=False),
        named,
        public.filter(says_word(folded(word))),
    ]
    referred = Response.objects.filter(reference__icontains=word).order_by().values_list("pk")
    others = (place.order_by().values_list("response") for place in places)
    return referred.union(*others, all=True)


def by_status() -> dict[str, int]:
    """Return how many responses stand in each status."""
    counted = Response.objects.order_by().values_list("status").annotate(count=Count("pk"))
    return dict(counted)


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
    oldest = found.aggregate(oldest=Min("newest_on"))["oldest"]
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
