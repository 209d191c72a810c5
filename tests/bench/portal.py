"""
The portal as a contestant, with its demonstration settings.

`python -m tests.bench.portal prepare` makes the empty portal that the sizes are copies of; a
filled copy is kept as well, until migrations or the generator change.
"""

import hashlib
import shutil
import sqlite3
import sys
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connection, transaction
from django.template.loader import get_template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.bench import generator, worker

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "bench" / "portal"
BASE = KEPT / "base.sqlite3"
SLUG = "a-long-discussion"
DISCUSSION = f"/en/consultations/{SLUG}/discussion/"
GUIDE = "/en/guides/a-plain-guide/"
# Nobody may write more than a few comments in ten minutes, so members take turns.
MEMBERS = 100


def fingerprint() -> str:
    """A hash of everything that a kept database depends on."""
    digest = hashlib.sha256()
    sources = [
        *ROOT.glob("*/*/migrations/*.py"),
        *ROOT.glob("portal/management/commands/create_site.py"),
        ROOT / "requirements.txt",
        Path(__file__),
        Path(generator.__file__),
    ]
    for source in sorted(sources):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def prepare() -> None:
    """Make BASE: migrated, the standing pages, a consultation, a guide, members, no comment."""
    stamp = KEPT / "fingerprint"
    if BASE.exists() and stamp.exists() and stamp.read_text() == fingerprint():
        return
    print("Making the portal's database …", file=sys.stderr)
    (KEPT / "static").mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob("*.sqlite3*"):
        old.unlink()
    call_command("migrate", verbosity=0)
    call_command("create_site", verbosity=0)
    with transaction.atomic():
        _make_pages()
        _make_members()
    connection.close()
    _settle_file(BASE)
    stamp.write_text(fingerprint())


def _make_pages() -> None:
    from consultations.calls.models import ConsultationIndexPage, ConsultationPage
    from consultations.discussion.models import Thread
    from knowledge.guides.models import GuideIndexPage, GuidePage
    from portal.stakeholders.models import Organisation
    from portal.taxonomy.vocabularies import DOCUMENT_TYPE, LEVEL

    now = timezone.now()
    texts = [row.body for row in generator.rows(60)]
    host = Organisation.objects.create(name="Consulting body", submitter_type="government")
    consultation = ConsultationPage(
        title="A long discussion",
        slug=SLUG,
        host=host,
        groups=["industry", "civil-society"],
        commitments=["licensing"],
        stages=[],
        technologies=[],
        opens_at=now - timedelta(days=60),
        closes_at=now + timedelta(days=3650),
    )
    ConsultationIndexPage.objects.get().add_child(instance=consultation)
    Thread.objects.create(consultation=consultation)
    sections = []
    for number in range(8):
        sections += [
            ("heading", {"text": f"Section {number + 1}", "level": "h2"}),
            ("paragraph", "".join(f"<p>{text}</p>" for text in texts[2 * number : 2 * number + 2])),
        ]
    guide = GuidePage(
        title="A plain guide",
        slug="a-plain-guide",
        document_type=next(iter(DOCUMENT_TYPE)).key,
        commitments=["licensing"],
        stages=[],
        technologies=[],
        audiences=[],
        rights=[],
        level=next(iter(LEVEL)).key,
        owner_unit="A unit",
        jurisdiction="International",
        source_title="A document",
        source_date="2023",
        reviewed_on=date(2026, 1, 1),
        review_due=date(2036, 1, 1),
        body=sections,
    )
    GuideIndexPage.objects.get().add_child(instance=guide)


def _make_members() -> None:
    from portal.stakeholders.models import User

    for number in range(MEMBERS):
        User.objects.create_user(
            f"member{number}@people.example", name=f"Member {number}", submitter_type="academia"
        )


def _settle_file(database: Path) -> None:
    """Put everything into the one file, so that it can be copied."""
    raw = sqlite3.connect(database)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


class Portal:
    """The commands of this contestant."""

    def load(self, size: int) -> None:
        """Take up a portal with one discussion of `size` comments, each with its search card."""
        own = Path(worker.database_path())
        for old in own.parent.glob(f"{own.name}*"):
            old.unlink()
        kept = KEPT / f"filled-{size}.sqlite3"
        if not kept.exists():
            shutil.copy(BASE, own)
            with transaction.atomic():
                _fill(size)
            connection.close()
            _settle_file(own)
            shutil.copy(own, kept)
        shutil.copy(kept, own)

        from consultations.calls.models import ConsultationPage
        from consultations.discussion.models import Comment
        from portal.stakeholders.models import User

        self.size = size
        self.consultation = ConsultationPage.objects.get()
        self.thread = self.consultation.thread
        rows = list(generator.rows(size))
        ids = Comment.objects.order_by("path").values_list("pk", flat=True)
        self.after = {
            position: ids[worker.offset_of(position, size) - 1] if position != "first" else None
            for position in ("first", "middle", "last")
        }
        self.replies = worker.Replies(rows)
        members = list(User.objects.filter(email__startswith="member"))
        self.clients = cycle([worker.member_client(member) for member in members])
        # The other end of the list: posts and actions draw on different people's allowance.
        self.authors = cycle(reversed(members))
        worker.settle()

    def list(self, position: str, repeat: int) -> worker.Milliseconds:
        """Read a page's comments and render the list of them, as the page does."""
        from django.contrib.auth.models import AnonymousUser

        from consultations.discussion.models import Comment
        from consultations.discussion.presentation import present

        after = self.after[position]
        # As the page includes it: the layout's context is not the list's.
        template = get_template("consultations/discussion/comments.html").template
        context = {
            "address": DISCUSSION,
            "permalink": "/c/",
            "is_open": True,
            "may_moderate": False,
            "user": AnonymousUser(),
        }

        def act() -> str:
            page = Comment.objects.page(self.thread.pk, after=after)
            comments, tail = present(page.rows, nested=True)
            return template.render({**context, "comments": comments, "tail": tail})

        worker.expect_page(act())
        return worker.timed(act, repeat)

    def page(self, position: str, repeat: int) -> worker.Milliseconds:
        """The whole page through the test client, as an anonymous reader gets it."""
        act = self._reader(position)
        worker.expect_page(act().content.decode())
        return worker.timed(act, repeat)

    def queries(self, position: str) -> int:
        """How many queries the page at `position` makes."""
        act = self._reader(position)
        act()
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    def guide(self, repeat: int) -> worker.Milliseconds:
        """A plain guide page through the test client."""
        client = worker.visitor_client()

        def act() -> Any:
            return client.get(GUIDE)

        assert act().status_code == 200
        return worker.timed(act, repeat)

    def insert(self, repeat: int) -> worker.Milliseconds:
        """The action, without what reading the form and the parent costs a view."""
        from consultations.discussion.actions import submit_comment
        from consultations.discussion.models import Comment

        def act() -> None:
            parent, body = next(prepared)
            submit_comment(
                author=next(self.authors),
                consultation=self.consultation,
                body=body,
                language="en",
                parent=parent,
                submission_key=uuid.uuid4(),
            )

        drawn = [self.replies() for _ in range(repeat + 1)]
        prepared = iter([(Comment.objects.get(pk=parent), body) for parent, body in drawn])
        return worker.timed(act, repeat)

    def post(self, repeat: int) -> worker.Milliseconds:
        """The form of a reply, sent by a signed-in member."""
        from consultations.discussion.models import Comment

        def act() -> None:
            parent, body = self.replies()
            client = next(self.clients)
            response = client.post(
                f"{DISCUSSION}reply/{parent}/",
                {
                    "body": body,
                    "language": "en",
                    "submission_key": str(uuid.uuid4()),
                    **worker.csrf_fields(),
                },
            )
            # Shown by the page that the browser loads next, which is not measured here.
            client.cookies.pop("messages", None)
            assert response.status_code == 302, response.content

        before = Comment.objects.count()
        figures = worker.timed(act, repeat)
        assert Comment.objects.count() == before + repeat + 1
        return figures

    def _reader(self, position: str) -> Callable[[], Any]:
        after = self.after[position]
        client = worker.visitor_client()
        return lambda: client.get(DISCUSSION, {"after": after} if after else {})


def _fill(size: int) -> None:
    """Insert the discussion's people and comments in bulk, and their cards."""
    from consultations.discussion.models import Comment, Thread
    from portal.stakeholders.models import Organisation, User

    authors = generator.authors(size)
    names = sorted({author.affiliation for author in authors if author.affiliation})
    organisations = {
        one.name: one
        for one in Organisation.objects.bulk_create(
            Organisation(name=name, submitter_type="company") for name in names
        )
    }
    people = User.objects.bulk_create(
        User(
            email=author.email,
            name=author.name,
            submitter_type=author.submitter_type,
            affiliation=author.affiliation,
            # Staff have verified one in four.
            organisation=organisations.get(author.affiliation) if author.id % 4 == 0 else None,
        )
        for author in authors
    )
    thread = Thread.objects.get()
    batch = []
    for row in generator.rows(size):
        author = people[row.author - 1]
        batch.append(
            Comment(
                id=row.id,
                thread=thread,
                parent_id=row.parent_id,
                path=row.path,
                author=author,
                submitter_type=author.submitter_type,
                group=author.group,
                body=row.body,
                language="en",
                created_at=row.created_at,
            )
        )
        if len(batch) == 2_000 or row.id == size:
            Comment.objects.bulk_create(batch)
            batch = []
    call_command("rebuild_search", kind=["comment"], verbosity=0)


def main() -> None:
    django.setup()
    if sys.argv[1:] == ["prepare"]:
        prepare()
        return
    portal = Portal()
    worker.serve(
        {
            "load": portal.load,
            "list": portal.list,
            "page": portal.page,
            "queries": portal.queries,
            "guide": portal.guide,
            "insert": portal.insert,
            "post": portal.post,
        }
    )


if __name__ == "__main__":
    main()
