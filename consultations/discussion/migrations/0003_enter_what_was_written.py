"""
What was written before there was a record enters it now, so that everything has its entry.

The statements say so: `day` is when something was written or done, `entered` when it was entered.
"""

from datetime import UTC

from django.db import migrations
from django.utils import timezone

from portal.record.hashing import (canonical, content_digest, new_salt, statement_hash)
from portal.record.merkle import Edge

BATCH = 500


class Entering:
    """Appends to the record's table, whose form is fixed, and tells each row its entry."""

    def __init__(self, apps, connection):
        self.entries = apps.get_model("record", "Entry")
        self.connection = connection
        self.today = timezone.now().astimezone(UTC).date()
        self.edge = Edge()
        for (leaf,) in self.entries.objects.order_by("index").values_list("leaf_hash").iterator():
            self.edge.add(bytes(leaf))
        self.made, self.rows = [], {}

    def enter(self, row, kind, moment, statement, *, body=None, public=True):
        salt = new_salt()
        if body is not None:
            statement["content_digest"] = content_digest(salt, {"body": body})
        day = moment.astimezone(UTC).date().isoformat()
        text = canonical(
            {**statement, "kind": kind, "day": day, "entered": self.today.isoformat()}
        )
        leaf = statement_hash(salt, text)
        index = self.edge.size
        self.made.append(
            self.entries(
                index=index,
                kind=kind,
                text=text,
                salt=salt,
                leaf_hash=leaf,
                nodes=b"".join(self.edge.add(leaf)),
                day=self.today,
                public=public,
            )
        )
        self.rows.setdefault(row._meta.db_table, []).append((index, row.pk))
        if len(self.made) >= BATCH:
            self.write()

    def write(self):
        self.entries.objects.bulk_create(self.made)
        with self.connection.cursor() as cursor:
            for table, pairs in self.rows.items():
                cursor.executemany(
                    f"UPDATE {table} SET record_index = %s WHERE id = %s", pairs
                )
        self.made, self.rows = [], {}


def enter_all(apps, schema_editor):
    entering = Entering(apps, schema_editor.connection)
    comments = apps.get_model("discussion", "Comment").objects.order_by("pk")
    rows = comments.select_related("thread__consultation").prefetch_related("versions")
    for comment in rows.iterator(chunk_size=BATCH):
        # The first wording was posted, each later one is an edit.
        earlier = sorted(comment.versions.all(), key=lambda version: (version.replaced_at, version.pk))
        moments = [version.written_at for version in earlier]
        moments.append(comment.edited_at or comment.created_at)
        for number, (row, moment) in enumerate(zip([*earlier, comment], moments, strict=True)):
            statement = {
                "comment": comment.pk,
                "consultation": comment.thread.consultation.docket,
                "parent": comment.parent_id,
                "group": comment.group,
                "official": comment.is_official,
                "language": row.language,
            }
            entering.enter(
                row,
                "comment.edited" if number else "comment.posted",
                moment,
                statement,
                body=row.body,
                public=comment.hidden_at is None,
            )
    acts = apps.get_model("discussion", "ModerationAct").objects.order_by("pk")
    for act in acts.select_related("comment__thread__consultation").iterator(chunk_size=BATCH):
        statement = {
            "comment": act.comment_id,
            "consultation": act.comment.thread.consultation.docket,
        }
        if act.verb == "hide":
            statement["reason"] = act.reason
        kind = "comment.hidden" if act.verb == "hide" else "comment.restored"
        entering.enter(act, kind, act.at, statement)
    entering.write()


class Migration(migrations.Migration):

    dependencies = [
        ("calls", "0004_drop_the_plain_list_of_questions"),
        ("discussion", "0002_places_in_the_record"),
        ("record", "0001_record_of_entries"),
    ]

    # It writes entries in the form that they had before.
    run_before = [("record", "0002_entries_wait_for_their_day")]

    operations = [migrations.RunPython(enter_all, migrations.RunPython.noop)]
