"""
`python -m tests.faults.record_before FOLDER`: a database as it was when entries had places at once.

Makes the tables of that time in an empty database, and in them comments from before there was a
record, an answer changed and published, passages left out, one withdrawn, and roots. Keeps the
receipts of that time in FOLDER.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

from portal.record import merkle  # noqa: E402
from portal.record.hashing import canonical, content_digest, new_salt, statement_hash  # noqa: E402
from portal.record.merkle import Edge, Node  # noqa: E402

BEFORE_THE_RECORD = ("discussion", "0002_places_in_the_record")
TARGETS = [
    ("record", "0001_record_of_entries"),
    ("discussion", "0003_enter_what_was_written"),
    ("responses", "0002_answers_on_paper"),
    ("publication", "0001_public_copies"),
    ("moderation", "0002_cleared_readers"),
]
NOW = datetime.now(UTC)


class Log:
    """Entries as they were then added: each with its place and nodes at once."""

    def __init__(self, apps):
        self.entries = apps.get_model("record", "Entry").objects
        self.edge = Edge()
        self.leaves = []
        for (leaf,) in self.entries.order_by("index").values_list("leaf_hash"):
            self.edge.add(bytes(leaf))
            self.leaves.append(bytes(leaf))

    def append(self, kind, statement, *, public, salt=None):
        day = NOW.date()
        salt = salt or new_salt()
        text = canonical({"kind": kind, "day": day.isoformat(), **statement})
        leaf = statement_hash(salt, text)
        index = self.edge.size
        nodes = b"".join(self.edge.add(leaf))
        self.leaves.append(leaf)
        self.entries.create(
            index=index, kind=kind, text=text, salt=salt, leaf_hash=leaf, nodes=nodes, day=day,
            public=public,
        )  # fmt: skip
        return index

    def receipt(self, index):
        entry, size = self.entries.get(index=index), self.edge.size
        hashes = {}
        edge = Edge()
        for place, leaf in enumerate(self.leaves):
            hashes[Node(0, place)] = leaf
            for level, each in enumerate(edge.add(leaf), start=1):
                hashes[Node(level, place >> level)] = each
        proof = merkle.inclusion_proof(index, size, lambda nodes: {n: hashes[n] for n in nodes})
        return {
            "format": "code-in-practice/receipt/1",
            "portal": settings.BASE_URL,
            "index": index,
            "statement": json.loads(entry.text),
            "salt": bytes(entry.salt).hex(),
            "tree_size": size,
            "root": edge.root().hex(),
            "proof": [each.hex() for each in proof],
        }


def migrate_to(*targets):
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    return MigrationExecutor(connection).loader.project_state(list(targets)).apps


def all_other_apps():
    mine = {app for app, _name in TARGETS}
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    return [node for node in leaves if node[0] not in mine]


def comments_before_there_was_a_record(apps, page_id, author_id):
    thread = apps.get_model("discussion", "Thread").objects.create(consultation_id=page_id)
    comments = apps.get_model("discussion", "Comment").objects
    written = NOW - timedelta(days=400)
    values = {
        "thread": thread,
        "author_id": author_id,
        "submitter_type": "academia",
        "group": "academia",
        "language": "en",
        "created_at": written,
    }
    first = comments.create(path="000001", body="Three.", edited_at=written, **values)
    for body in ("One.", "Two."):
        apps.get_model("discussion", "CommentVersion").objects.create(
            comment=first, body=body, language="en", written_at=written, replaced_at=written
        )
    hidden = comments.create(
        path="000002", body="Call me.", hidden_at=written, hidden_reason="personal-data", **values
    )
    apps.get_model("discussion", "ModerationAct").objects.create(
        comment=hidden, verb="hide", reason="personal-data", at=written
    )


def a_response(apps, log, page, name):
    """One sent twice; returns it, its versions and the places of their entries."""
    response = apps.get_model("responses", "Response").objects.create(
        consultation_id=page.pk,
        reference=f"{page.docket}-{name}",
        identity="named",
        received_on=NOW.date(),
    )
    versions = []
    for number in (1, 2):
        salt = new_salt()
        version = apps.get_model("responses", "ResponseVersion")(
            response=response,
            number=number,
            identity="named",
            name="Ada Vrba",
            submitted_on=NOW.date(),
            answers={"view": {"value": f"Version {number}."}},
            salt=salt,
        )
        fields = (
            *("identity", "name", "organisation_name", "submitter_type", "state", "language"),
            *("answers", "confidentiality", "files"),
        )
        version.content_digest = content_digest(salt, {f: getattr(version, f) for f in fields})
        stated = {
            "reference": response.reference,
            "version": number,
            "consultation": page.docket,
            "content_digest": version.content_digest,
        }
        version.record_index = log.append("response.submitted", stated, public=False, salt=salt)
        version.save()
        versions.append(version)
    return response, versions


def publish_twice(apps, log, page, response, version):
    """As when passages are left out of what is published: the second takes the first's place."""
    copies = apps.get_model("publication", "PublicCopy")
    act = log.append(
        "response.accepted",
        {"reference": response.reference, "version": 2, "reason": "within-rules",
         "handling": "public"},
        public=False,
    )  # fmt: skip
    apps.get_model("moderation", "ScreeningAct").objects.create(
        response=response, version=2, verb="accept", reason="within-rules", handling="public",
        on=NOW.date(), record_index=act,
    )  # fmt: skip
    copy = copies(
        response=response,
        consultation_id=page.pk,
        version=version,
        display_name="Ada Vrba",
        published_on=NOW.date(),
        answers={"view": {"value": "Version 2."}},
    )
    content = {
        "reference": response.reference,
        "name": "Ada Vrba",
        "organisation": "",
        "signatories": [],
        "submitter_type": "undisclosed",
        "state": "",
        "language": "en",
        "answers": copy.answers,
    }
    for public in (False, True):
        salt = new_salt()
        stated = {
            "reference": response.reference,
            "docket": page.docket,
            "version": 2,
            "redacted": False,
            "content_digest": content_digest(salt, content),
            "submission": version.record_index,
        }
        copy.record_index = log.append("response.published", stated, public=public, salt=salt)
    copy.save()
    response.status, response.handling = "published", "public"
    response.save()


def withdraw(apps, log, page, response, versions):
    erased = [version.record_index for version in versions]
    stated = {
        "reference": response.reference,
        "consultation": page.docket,
        "because": "withdrawn by its submitter",
        "erases": erased,
    }
    tombstone = log.append("record.erased", stated, public=False)
    log.entries.filter(index__in=erased).update(text=None, salt=None, erased_by=tombstone)
    apps.get_model("responses", "ResponseVersion").objects.filter(response=response).update(
        name="", answers={}, salt=None, erased_on=NOW.date()
    )
    response.status = "withdrawn"
    response.save()


def main(folder):
    migrate_to(*all_other_apps(), BEFORE_THE_RECORD, *TARGETS[2:])
    call_command("create_site", verbosity=0)
    # The rooms below are of today, and their tables too.
    from tests.consultations.factories import ConsultationPageFactory
    from tests.factories import UserFactory

    page, author = ConsultationPageFactory(), UserFactory()
    apps = MigrationExecutor(connection).loader.project_state([BEFORE_THE_RECORD]).apps
    comments_before_there_was_a_record(apps, page.pk, author.pk)
    apps = migrate_to(*TARGETS)
    log = Log(apps)
    response, versions = a_response(apps, log, page, "0001")
    publish_twice(apps, log, page, response, versions[1])
    size = log.edge.size
    apps.get_model("record", "Checkpoint").objects.create(
        size=size, root=log.edge.root(), day=NOW.date() - timedelta(days=2), occasion="daily"
    )
    gone, erased = a_response(apps, log, page, "0002")
    held = [log.receipt(version.record_index) for version in (*versions, *erased)]
    withdraw(apps, log, page, gone, erased)
    for number, each in enumerate(held):
        (folder / f"receipt-{number}.json").write_text(json.dumps(each))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
