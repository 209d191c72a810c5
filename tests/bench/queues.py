"""
The portal's database for P12, and how long its queues take there.

`python -m tests.bench.queues fill` makes it in an empty database, from a fixed seed: five
consultations with 10,000 responses, and a discussion of 100,000 comments. `measure` prints what
each page takes, in milliseconds of the clock, and how many queries it makes.
"""

import json
import random
import sys
import time
from datetime import date, timedelta
from statistics import median
from typing import Any

import django
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.bench import generator, worker
from tests.bench.drafts import questionnaire
from tests.bench.portal_data import fill, make_pages

SEED = 20261130
RESPONSES, COMMENTS, CONSULTATIONS = 10_000, 100_000, 5
HIDDEN, REMOVED = 1_000, 1_500
BATCH = 500
REPEAT = 7
MODERATOR = "moderator@people.example"
BEGINNING = date(2026, 3, 2)
RARE, NAMED = "spektrometerxq", "Zebrowski"
STATUSES = ("received", "clarification", "accepted", "published", "rejected", "withdrawn")
WEIGHTS = (20, 3, 42, 28, 5, 2)
GROUPS = ("industry", "civil-society", "academia", "other")
SHARES = (35, 35, 20, 10)
RESPONSES_URL, COMMENTS_URL = "/admin/responses/", "/admin/comments/"


def make() -> None:
    """Make the portal of an empty database, its discussion and its responses."""
    call_command("migrate", verbosity=0)
    call_command("create_site", verbosity=0)
    with transaction.atomic():
        make_pages()
        fill(COMMENTS)
        _moderate()
    with transaction.atomic():
        _respond(random.Random(SEED))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _staff() -> Any:
    from django.contrib.auth.models import Group

    from portal.stakeholders import roles
    from portal.stakeholders.models import User

    made = User.objects.filter(email=MODERATOR).first()
    if made is None:
        made = User.objects.create_user(MODERATOR, name="A moderator")
        made.groups.add(Group.objects.get(name=roles.MODERATOR))
    return made


def _moderate() -> None:
    """Hide some of the comments, with notes, and have others removed by their authors."""
    from consultations.discussion.models import Comment, ModerationAct

    by, now = _staff(), timezone.now()
    chance = random.Random(SEED)
    drawn = chance.sample(range(1, COMMENTS + 1), HIDDEN + REMOVED)
    hidden, removed = drawn[:HIDDEN], drawn[HIDDEN:]
    Comment.objects.filter(pk__in=hidden).update(hidden_at=now, hidden_reason="spam")
    Comment.objects.filter(pk__in=removed).update(removed_on=BEGINNING, body="", author_name="")
    ModerationAct.objects.bulk_create(
        ModerationAct(comment_id=pk, verb="hide", reason="spam", moderator=by, at=now, note=note)
        for pk, note in zip(hidden, _notes(chance, HIDDEN), strict=True)
    )


def _notes(chance: random.Random, count: int) -> list[str]:
    return [
        RARE if number == 0 else f"As before, case {chance.random()}" for number in range(count)
    ]


def _respond(chance: random.Random) -> None:
    from consultations.calls.models import ConsultationIndexPage, ConsultationPage
    from portal.stakeholders.models import Organisation

    host = Organisation.objects.create(name="Another consulting body", submitter_type="government")
    pages = []
    for number in range(CONSULTATIONS):
        page = ConsultationPage(
            title=f"Consultation {number}",
            slug=f"consultation-{number}",
            host=host,
            groups=["industry", "civil-society"],
            commitments=["licensing"],
            stages=[],
            technologies=[],
            opens_at=timezone.now() - timedelta(days=150),
            closes_at=timezone.now() - timedelta(days=1),
            questionnaire_parts=questionnaire(),
        )
        ConsultationIndexPage.objects.get(locale__language_code="en").add_child(instance=page)
        pages.append(page)
    texts = [row.body for row in generator.rows(2_000)]
    numbers = chance.sample(range(10_000), RESPONSES)
    for start in range(0, RESPONSES, BATCH):
        _batch(chance, pages, texts, numbers[start : start + BATCH], start)


def _batch(
    chance: random.Random, pages: list[Any], texts: list[str], numbers: list[int], start: int
) -> None:
    from consultations.moderation.models import Dispute, Opened, ScreeningAct
    from consultations.responses.models import Response, ResponseVersion

    by = _staff()
    made: dict[str, list[Any]] = {"responses": [], "versions": [], "acts": []}
    disputes, opened = [], []
    for count, number in enumerate(numbers, start=start):
        page = chance.choice(pages)
        identity = chance.choices(("named", "organisation", "anonymous"), (50, 30, 20))[0]
        status = chance.choices(STATUSES, WEIGHTS)[0]
        versions = 2 if chance.random() < 0.1 else 1
        nameless = identity == "anonymous"
        response = Response(
            consultation=page,
            reference=f"{page.docket}-{number:05d}",
            identity=identity,
            status=status,
            handling="public" if status in ("accepted", "published") else "",
            channel=chance.choices(("portal", "post", "email"), (90, 5, 5))[0],
            is_late=not nameless and chance.random() < 0.03,
            translation_only=nameless and chance.random() < 0.1,
            received_on=BEGINNING,
            newest_number=versions,
            newest_on=BEGINNING + timedelta(days=int(120 * chance.random() ** 0.5)),
        )
        made["responses"].append(response)
        for version in range(1, versions + 1):
            made["versions"].append(_version(chance, response, version, texts, count))
        verbs = ["accept"] if response.handling else []
        if status == "received" and chance.random() < 0.1:
            verbs.append("propose-rejection")
        if versions == 2 or chance.random() < 0.1:
            verbs.insert(0, "note")
        for place, verb in enumerate(verbs, start=1):
            made["acts"].append(
                ScreeningAct(
                    response=response,
                    number=place,
                    version=1,
                    verb=verb,
                    reason="" if verb == "note" else "within-rules",
                    note=_notes(chance, 1)[0]
                    if count == 77
                    else "See the file." * (verb == "note"),
                    by=by,
                    on=BEGINNING,
                )
            )
        if status == "published" and chance.random() < 0.05:
            day = BEGINNING if chance.random() < 0.5 else None
            disputes.append(
                Dispute(response=response, text="Not me.", opened_on=BEGINNING, taken_up_on=day)
            )
        if chance.random() < 0.5:
            opened.append(Opened(response=response, by=by, version=versions))
    Response.objects.bulk_create(made["responses"])
    ResponseVersion.objects.bulk_create(made["versions"])
    ScreeningAct.objects.bulk_create(made["acts"])
    Dispute.objects.bulk_create(disputes)
    Opened.objects.bulk_create(opened)


def _version(
    chance: random.Random, response: Any, number: int, texts: list[str], count: int
) -> Any:
    from consultations.responses.models import ResponseVersion
    from consultations.responses.models.findable import names_to_find, words_to_find

    asked = [question.id for question in response.consultation.questionnaire().questions]
    answers = {
        each: {
            "value": chance.choice(texts),
            "visibility": "officials" if chance.random() < 0.02 else "public",
        }
        for each in sorted(chance.sample(asked, chance.randint(3, 13)), key=asked.index)
    }
    if count == 4_321:
        answers[asked[0]] = {"value": f"We sold a {RARE}.", "visibility": "public"}
    nameless = response.identity == "anonymous"
    name = "" if nameless else NAMED if count == 1_234 else f"Person {count}"
    organisation = "" if nameless else f"Organisation {count % 997}"
    return ResponseVersion(
        response=response,
        number=number,
        identity=response.identity,
        name=name,
        organisation_name=organisation,
        group=chance.choices(GROUPS, SHARES)[0],
        language=chance.choices(("en", "fr", "es", "ru", "ar"), (60, 15, 15, 5, 5))[0],
        answers=answers,
        files={"a" * 32: "b" * 64} if chance.random() < 0.1 else {},
        submitted_on=response.newest_on,
        findable_words=words_to_find(answers),
        findable_names=names_to_find(name, organisation),
    )


def measure() -> dict[str, dict[str, Any]]:
    """Return for each page of both queues its medians in milliseconds, and its queries."""
    client = worker.member_client(_staff())
    found = {}
    for name, address in pages().items():
        client.get(address)
        waits, worked = [], []
        for _ in range(REPEAT):
            begun, own = time.perf_counter(), time.thread_time()
            answer = client.get(address)
            waits.append((time.perf_counter() - begun) * 1000)
            worked.append((time.thread_time() - own) * 1000)
            assert answer.status_code == 200, address
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        rows = answer.content.decode().count('<li class="listing-row')
        found[name] = {
            "ms": median(waits),
            "processor": median(worked),
            "queries": len(queries),
            "rows": rows,
        }
    return found


def pages() -> dict[str, str]:
    """Return the addresses that are measured, by what they are."""
    from consultations.calls.models import ConsultationPage
    from consultations.discussion.models import Thread
    from consultations.moderation.pages import Place
    from consultations.responses.models import Response

    ordered = Response.objects.filter(status__in=("accepted", "published")).order_by(
        "newest_on", "reference"
    )
    middle = Place.of(ordered[ordered.count() // 2])
    docket = ConsultationPage.objects.get(slug="consultation-3").docket
    yes_no = ("late", "files", "translation", "reported", "disputed", "proposal", "renewed")
    filters = [
        f"consultation={docket}",
        *(f"status={status}" for status in STATUSES),
        *(f"group={group}" for group in GROUPS),
        *("identity=anonymous", "language=ar", "channel=post"),
        *(f"{name}={answer}" for name in (*yes_no, "opened") for answer in ("yes", "no")),
        f"consultation={docket}&status=received&group=academia&language=ar&proposal=yes",
        "status=published&last=1",
        f"group=academia&after={middle}",
    ]
    searches = (RARE, "licence", "nosuchwordxq", NAMED, "export licence", "Organisation")
    thread = Thread.objects.get().pk
    states = [f"state={state}" for state in ("shown", "hidden", "removed")]
    of_comments = [
        *states,
        *(f"{state}&after={COMMENTS // 2}" for state in states),
        *(f"{state}&last=1" for state in states),
        *(f"thread={thread}", f"thread={thread}&state=hidden", "new=yes", "new=no"),
    ]
    asked = {
        "responses: first page": RESPONSES_URL,
        "responses: middle page": f"{RESPONSES_URL}?after={middle}",
        "responses: last page": f"{RESPONSES_URL}?last=1",
        "comments: first page": COMMENTS_URL,
        "comments: middle page": f"{COMMENTS_URL}?after={COMMENTS // 2}",
        "comments: last page": f"{COMMENTS_URL}?last=1",
    }
    for name, address, narrowed in (
        ("responses", RESPONSES_URL, filters),
        ("comments", COMMENTS_URL, of_comments),
    ):
        asked |= {f"{name}: filter {each}": f"{address}?{each}" for each in narrowed}
        asked |= {f"{name}: search {each}": f"{address}?q={each}" for each in searches}
    return asked


def main() -> None:
    django.setup()
    match sys.argv[1:]:
        case ["fill"]:
            make()
        case ["measure"]:
            print(json.dumps(measure()))


if __name__ == "__main__":
    main()
