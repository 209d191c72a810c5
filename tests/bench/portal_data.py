"""
The portal's databases for the benchmarks: an empty one, and its copies filled with a discussion.

All are kept, until migrations or the generator change.
"""

import hashlib
import sqlite3
import sys
from datetime import date, timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from tests.bench import generator

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
        make_pages()
        _make_members()
    connection.close()
    settle_file(BASE)
    stamp.write_text(fingerprint())


def make_pages() -> None:
    from consultations.calls.models import ConsultationIndexPage, ConsultationPage
    from consultations.discussion.models import Thread
    from knowledge.guides.models import GuideIndexPage, GuidePage, Owner
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
    ConsultationIndexPage.objects.get(locale__language_code="en").add_child(instance=consultation)
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
        unit=Owner.objects.named("A unit"),
        jurisdiction="International",
        source_title="A document",
        source_date="2023",
        reviewed_on=date(2026, 1, 1),
        review_due=date(2036, 1, 1),
        body=sections,
    )
    GuideIndexPage.objects.get(locale__language_code="en").add_child(instance=guide)


def _make_members() -> None:
    from portal.stakeholders.models import User

    for number in range(MEMBERS):
        User.objects.create_user(
            f"member{number}@people.example", name=f"Member {number}", submitter_type="academia"
        )


def settle_file(database: Path) -> None:
    """Put everything into the one file, so that it can be copied."""
    raw = sqlite3.connect(database)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


def fill(size: int) -> None:
    """Insert the discussion's people and comments in bulk, and their cards."""
    from consultations.discussion.models import Comment, Thread
    from consultations.discussion.recording.sealing import new_seal
    from portal.stakeholders.models import Organisation, User

    authors = generator.authors(size)
    names = sorted({author.affiliation for author in authors if author.affiliation})
    organisations = {
        one.name: one
        for one in Organisation.objects.bulk_create(
            Organisation(name=name, submitter_type="company", verified_on=date(2026, 1, 1))
            for name in names
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
        comment = Comment(
            id=row.id,
            thread=thread,
            parent_id=row.parent_id,
            path=row.path,
            author=author,
            author_seal=new_seal(),
            submitter_type=author.submitter_type,
            body=row.body,
            language="en",
            created_at=row.created_at,
        )
        comment.spoken_by(author)
        batch.append(comment)
        if len(batch) == 2_000 or row.id == size:
            Comment.objects.bulk_create(batch)
            batch = []
    call_command("rebuild_search", kind=["comment"], verbosity=0)
