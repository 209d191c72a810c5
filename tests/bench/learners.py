"""
The portal's database for P17, and how long the pages of the learning wing take there.

`python -m tests.bench.learners fill` makes it in an empty database: the standing pages, the library
and its paths. `grow N` adds accounts from a fixed seed until there are N learners. `measure` prints
what each page takes, in milliseconds of the clock, and how many queries it makes.
"""

import json
import random
import sys
import time
from datetime import date, timedelta
from statistics import median
from typing import Any, NamedTuple

import django
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.bench import worker

SEED = 20261201
REPEAT = 11
BEGINNING, DAYS = date(2025, 1, 1), 700
LEARNER, EDITOR = "learner0@people.example", "editor@people.example"
LANGUAGES = ("en", "fr", "es", "ru", "ar")
NOBODY, SIGNED_IN, STAFF = "nobody", "signed in", "staff"


class Page(NamedTuple):
    """What is asked for, by whom; a POST where something is sent."""

    who: str
    address: str
    sent: dict[str, str] | None = None


def make() -> None:
    """Make the portal of an empty database: pages, library and paths."""
    from portal.management.demo.guides import load_learning
    from portal.management.library.loading import load_library
    from portal.management.paths import load_paths

    call_command("migrate", verbosity=0)
    call_command("create_site", verbosity=0)
    with transaction.atomic():
        load_library(lambda said: None)
        load_learning()
        assert load_paths() == []
        _staff()


@transaction.atomic
def grow(size: int) -> None:
    """Add learners until there are `size`, with what they keep and two papers for each."""
    from knowledge.learning.models import Certificate, KeptProgress
    from portal.stakeholders.models import User

    begin = User.objects.filter(email__startswith="learner").count()
    chance = random.Random(f"{SEED} {begin}")
    paths = _paths()
    people = User.objects.bulk_create(
        [
            User(email=f"learner{number}@people.example", name=f"Learner {number}")
            for number in range(begin, size)
        ],
        batch_size=500,
    )
    kept: list[Any] = []
    for person in people:
        # The first keeps every path, half worked through: it is whose pages are measured.
        is_first = person.email == LEARNER
        for path in paths if is_first else chance.sample(paths, chance.randint(1, len(paths))):
            row = KeptProgress(owner=person, path=path[0].translation_key, day=_day(chance))
            count = len(path) // 2 if is_first else chance.randint(1, len(path))
            row.progress = _progress(path[0], count)
            kept.append(row)
    KeptProgress.objects.bulk_create(kept, batch_size=500)
    Certificate.objects.bulk_create(
        [_certificate(chance, chance.choice(paths)) for _ in range(2 * (size - begin))],
        batch_size=500,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _paths() -> list[list[Any]]:
    """Return the paths, each as its translations with the English one first."""
    from knowledge.learning.models import PathPage

    pages: dict[Any, list[Any]] = {}
    for page in PathPage.objects.live().select_related("locale").order_by("slug", "pk"):
        pages.setdefault(page.translation_key, []).append(page)
    return [
        sorted(each, key=lambda page: LANGUAGES.index(page.locale.language_code))
        for each in pages.values()
    ]


def _progress(path: Any, count: int) -> Any:
    from knowledge.learning.progress import Progress

    progress = Progress(path.key)
    for module in path.modules_shown[:count]:
        progress = progress.with_module(module)
    return progress


def _certificate(chance: random.Random, path: list[Any]) -> Any:
    from knowledge.learning.models import Certificate
    from knowledge.learning.modules import minutes_of

    page = chance.choice(path)
    return Certificate(
        path=page.translation_key,
        title=page.title,
        language=page.locale.language_code,
        minutes=minutes_of(path[0].modules_shown),
        guides=[
            {
                "guide": module.key,
                "title": module.guide.title,
                "slug": module.guide.slug,
                "language": module.language,
                "version": module.version,
            }
            for module in path[0].modules_shown
        ],
        day=_day(chance),
    )


def _day(chance: random.Random) -> date:
    return BEGINNING + timedelta(days=chance.randrange(DAYS))


def _staff() -> None:
    from django.contrib.auth.models import Group

    from portal.stakeholders import roles
    from portal.stakeholders.models import User

    made = User.objects.create_user(EDITOR, name="An editor")
    made.groups.set(Group.objects.filter(name__in=(roles.EDITOR, roles.ADMINISTRATOR)))


def pages() -> dict[str, Page]:
    """Return what is measured, by what it is."""
    from knowledge.learning.models import Certificate
    from knowledge.learning.progress import sealed

    paths = [each[0] for each in _paths()]
    certificate = Certificate.objects.order_by("number").first()
    asked = {
        "learning page": Page(NOBODY, "/en/learning/"),
        "learning page, narrowed": Page(NOBODY, "/en/learning/?audience=customs&level=0"),
        "learning page, signed in": Page(SIGNED_IN, "/en/learning/"),
    }
    for path in paths:
        at = f"/en/learning/{path.slug}/"
        module = path.modules_shown[0].guide.slug
        carried = {"carried": sealed(_progress(path, 3)), "open": "yes"}
        asked |= {
            f"path {path.slug}": Page(NOBODY, at),
            f"path {path.slug}, with progress": Page(NOBODY, f"{at}progress/", carried),
            f"path {path.slug}, signed in": Page(SIGNED_IN, at),
            f"quiz of {path.slug}": Page(NOBODY, f"{at}modules/{module}/"),
            f"quiz of {path.slug}, signed in": Page(SIGNED_IN, f"{at}modules/{module}/"),
        }
    return asked | {
        "account: its paths": Page(SIGNED_IN, "/en/accounts/learning/"),
        "account: overview": Page(SIGNED_IN, "/en/accounts/"),
        "certificate": Page(NOBODY, f"/en/learning/certificates/{certificate.number}/"),
        "certificate of no number": Page(NOBODY, "/en/learning/certificates/1/"),
        "self-assessment of a state": Page(NOBODY, "/en/self-assessment/"),
        "self-assessment of a company": Page(NOBODY, "/en/self-assessment/company/"),
        "take along": Page(NOBODY, "/en/guides/take-along/"),
        "take along, all languages": Page(NOBODY, "/en/guides/take-along/?language=all"),
        "check a pack": Page(NOBODY, "/en/guides/take-along/check/"),
        "admin: certificates": Page(STAFF, "/admin/reports/learning/"),
        "admin: useful to readers": Page(STAFF, "/admin/reports/useful/"),
        "admin: people": Page(STAFF, "/admin/users/"),
    }


def measure() -> dict[str, dict[str, Any]]:
    """Return for each page its medians in milliseconds, and its queries."""
    from portal.stakeholders.models import User

    clients = {
        NOBODY: worker.visitor_client(),
        SIGNED_IN: worker.member_client(User.objects.get(email=LEARNER)),
        STAFF: worker.member_client(User.objects.get(email=EDITOR)),
    }
    return {name: _measured(clients[page.who], name, page) for name, page in pages().items()}


def _measured(client: Any, name: str, page: Page) -> dict[str, Any]:
    def ask() -> None:
        sent = page.sent
        answer = client.get(page.address) if sent is None else client.post(page.address, sent)
        wanted = 404 if name == "certificate of no number" else 200
        assert answer.status_code == wanted, (name, answer.status_code)

    ask()
    waits, worked = [], []
    for _ in range(REPEAT):
        begun, own = time.perf_counter(), time.thread_time()
        ask()
        waits.append((time.perf_counter() - begun) * 1000)
        worked.append((time.thread_time() - own) * 1000)
    with CaptureQueriesContext(connection) as queries:
        ask()
    return {"ms": median(waits), "processor": median(worked), "queries": len(queries)}


def main() -> None:
    django.setup()
    match sys.argv[1:]:
        case ["fill"]:
            make()
        case ["grow", size]:
            grow(int(size))
        case ["measure"]:
            print(json.dumps(measure()))


if __name__ == "__main__":
    main()
