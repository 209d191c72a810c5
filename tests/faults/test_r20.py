"""
R20: whatever is tampered with behind the portal's back, `verify_record` finds it.

Mutations are drawn with a fixed seed over a discussion and the record of it: by somebody careless,
who changes a row, and by somebody who knows how it all works and makes the hashes fit.
"""

import os
import random
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from consultations.discussion import actions, recording
from consultations.discussion.models import Comment, CommentVersion, ModerationAct
from portal.record import audit, merkle
from portal.record.actions import append
from portal.record.hashing import canonical, content_digest, new_salt, statement_hash
from portal.record.models import Checkpoint, Entry
from portal.record.sequencer import publish_roots
from portal.stakeholders.models import User
from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.factories import UserFactory

pytestmark = [pytest.mark.faults, pytest.mark.django_db]

SEED = int(os.environ.get("FAULTS_SEED", "20"))
ROUNDS = 60  # of each mutation
COLUMNS = ("kind", "text", "salt", "public")


@pytest.fixture
def record(site_tree, moderator):
    """Comments, edits, hiding and restoring over three days: two with their roots, one waits."""
    rng = random.Random(SEED)
    consultation = ConsultationPageFactory(opens_at=timezone.now() - timedelta(days=9))
    today = timezone.now()
    for days in (2, 1, 0):
        at = today - timedelta(days=days)
        for number in range(14):
            author = UserFactory()
            earlier = list(Comment.objects.filter(hidden_at=None))
            parent = rng.choice([None, *earlier]) if earlier else None
            comment = comment_on(
                consultation, author=author, parent=parent, body=f"{days} {number}", at=at
            )
            if number % 3 == 0:
                for body in ("other words", "and yet others")[: 1 + number % 2]:
                    actions.edit_comment(
                        author=author, comment=comment, body=body, language="fr", at=at
                    )
            if number % 4 == 0:
                actions.hide_comment(
                    moderator=moderator, comment=comment, reason="off-topic", at=at
                )
            if number % 8 == 0:
                actions.restore_comment(moderator=moderator, comment=comment, at=at)
    publish_roots(at=today)
    assert list(audit.findings()) == []
    assert Checkpoint.objects.count() == 2
    assert Entry.objects.waiting().exists()


def entry(rng):
    return rng.choice(list(Entry.objects.order_by("index", "leaf")))


def placed(rng):
    return rng.choice(list(Entry.objects.placed().order_by("index")))


def row(rng, model):
    return rng.choice(list(model.objects.order_by("pk")))


def flipped(rng, value):
    """The same text or bytes with one character changed."""
    place = rng.randrange(len(value))
    if isinstance(value, str):
        return value[:place] + ("x" if value[place] != "x" else "y") + value[place + 1 :]
    value = bytearray(value)
    value[place] ^= 1 << rng.randrange(8)
    return bytes(value)


def put(model, pk, **columns):
    assert model.objects.filter(pk=pk).update(**columns) == 1


def flip_a_column(name):
    def mutate(rng):
        found = entry(rng)
        while not getattr(found, name):
            found = entry(rng)
        put(Entry, found.pk, **{name: flipped(rng, getattr(found, name))})

    mutate.__name__ = f"flip_{name}"
    return mutate


def delete_an_entry(rng):
    entry(rng).delete()


def delete_the_last_entries(rng):
    size = Entry.objects.placed().count()
    Entry.objects.filter(index__gte=size - rng.randint(1, 8)).delete()


def delete_an_entry_and_close_the_gap(rng):
    gone = placed(rng).index
    Entry.objects.filter(index=gone).delete()
    for later in Entry.objects.filter(index__gt=gone).order_by("index"):
        put(Entry, later.pk, index=later.index - 1)


def swap_entries(rng):
    one, other = rng.sample(list(Entry.objects.order_by("index", "leaf")), 2)
    columns = rng.choice([COLUMNS, COLUMNS[:3], ("text",), ("salt",), ("text", "salt")])
    put(Entry, one.pk, **{name: getattr(other, name) for name in columns})
    put(Entry, other.pk, **{name: getattr(one, name) for name in columns})


def exchange_places(rng):
    one, other = rng.sample(list(Entry.objects.placed().order_by("index")), 2)
    columns = rng.choice([("index",), ("index", "nodes"), ("index", "nodes", "day")])
    put(Entry, one.pk, index=None)
    put(Entry, other.pk, **{name: getattr(one, name) for name in columns})
    put(Entry, one.pk, **{name: getattr(other, name) for name in columns})


def put_an_entry_back_to_wait(rng):
    put(Entry, placed(rng).pk, index=None, nodes=b"")


def change_a_leaf(rng):
    found = entry(rng)
    put(Entry, found.pk, leaf=found.leaf[:-1] + ("0" if found.leaf[-1] != "0" else "1"))


def change_a_statement_and_its_leaf(rng):
    found = entry(rng)
    text = canonical({**found.statement, "day": "2025-01-01"})
    put(Entry, found.pk, text=text, leaf=statement_hash(bytes(found.salt), text).hex())


def rebuild():
    edge = merkle.Edge()
    for found in Entry.objects.placed().order_by("index"):
        put(Entry, found.pk, nodes=b"".join(edge.add(found.leaf_hash)))


def change_a_statement_and_rebuild_the_tree(rng):
    change_a_statement_and_its_leaf(rng)
    rebuild()


def change_a_body_with_its_entry_and_rebuild_the_tree(rng):
    """All that the database holds fits; only the published roots do not."""
    covered = Entry.objects.placed().filter(kind__in=["comment.posted", "comment.edited"])
    found = rng.choice(list(covered.order_by("index")))
    model = Comment if Comment.objects.filter(record_leaf=found.leaf) else CommentVersion
    said = model.objects.get(record_leaf=found.leaf)
    salt = new_salt()
    said.body = "What was never written."
    digest = content_digest(salt, recording.content(said))
    text = canonical({**found.statement, "content_digest": digest})
    leaf = statement_hash(salt, text).hex()
    put(model, said.pk, body=said.body, record_leaf=leaf)
    put(Entry, found.pk, text=text, salt=salt, leaf=leaf)
    rebuild()


def leave_the_last_out_with_its_rows(rng):
    last = Entry.objects.placed().order_by("-index")[0]
    for model in (ModerationAct, CommentVersion):
        model.objects.filter(record_leaf=last.leaf).delete()
    last.delete()


def insert_an_entry_nobody_made(rng):
    comment = row(rng, Comment)
    statement = {"comment": comment.pk, "language": "en", "content_digest": "00" * 32}
    append(kind="comment.edited", statement=statement, public=True, at=timezone.now())


def change_a_body(rng):
    model = rng.choice([Comment, CommentVersion])
    found = row(rng, model)
    put(model, found.pk, body=flipped(rng, found.body))


def change_what_stands_beside_a_body(rng):
    found = row(rng, Comment)
    change = rng.choice(
        [
            {"language": "es" if found.language != "es" else "ar"},
            {"group": "government" if found.group != "government" else "other"},
            {"is_official": not found.is_official},
            {"author_name": f"{found.author_name}x"},
            {"organisation_name": "Ministry of Nothing"},
            {"is_verified": not found.is_verified},
            {"author": rng.choice([None, *User.objects.exclude(pk=found.author_id)[:9]])},
            {"author_seal": flipped(rng, bytes(found.author_seal))},
            {"removed_on": timezone.now().date()},
            {"hidden_at": None if found.hidden_at else timezone.now()},
            {"record_leaf": ""},
            {"record_leaf": entry(rng).leaf[::-1]},
        ]
    )
    put(Comment, found.pk, **change)


def swap_bodies(rng):
    one, other = rng.sample(list(Comment.objects.order_by("pk")), 2)
    while one.body == other.body:
        one, other = rng.sample(list(Comment.objects.order_by("pk")), 2)
    put(Comment, one.pk, body=other.body)
    put(Comment, other.pk, body=one.body)


def swap_speakers(rng):
    """What one has said was said by another, and the other way round."""
    one, other = rng.sample(list(Comment.objects.order_by("pk")), 2)
    columns = rng.choice([("author",), ("author_name",), ("author", "author_name", "author_seal")])
    put(Comment, one.pk, **{name: getattr(other, name) for name in columns})
    put(Comment, other.pk, **{name: getattr(one, name) for name in columns})


def give_a_wording_another_speaker(rng):
    put(CommentVersion, row(rng, CommentVersion).pk, author_name="Somebody else")


def hide_a_wording(rng):
    put(CommentVersion, row(rng, CommentVersion).pk, hidden_at=timezone.now())


def remove_a_version(rng):
    row(rng, CommentVersion).delete()


def add_a_version(rng):
    found = row(rng, CommentVersion)
    found.pk, found.number = None, 99
    found.record_leaf = rng.choice(["", found.record_leaf])
    if found.record_leaf:
        found.body += "!"
    found.save()


def remove_an_act(rng):
    row(rng, ModerationAct).delete()


def change_an_act(rng):
    found = row(rng, ModerationAct)
    change = [{"verb": "restore" if found.verb == "hide" else "hide"}, {"record_leaf": ""}]
    if found.verb == "hide":
        change.append({"reason": "spam"})
    put(ModerationAct, found.pk, **rng.choice(change))


def change_a_root(rng):
    found = row(rng, Checkpoint)
    change = [{"root": flipped(rng, bytes(found.root))}, {"size": found.size + 1}]
    put(Checkpoint, found.pk, **rng.choice(change))


MUTATIONS = [
    *(flip_a_column(name) for name in ("kind", "text", "salt", "nodes")),
    delete_an_entry,
    delete_the_last_entries,
    delete_an_entry_and_close_the_gap,
    swap_entries,
    exchange_places,
    put_an_entry_back_to_wait,
    change_a_leaf,
    change_a_statement_and_its_leaf,
    change_a_statement_and_rebuild_the_tree,
    change_a_body_with_its_entry_and_rebuild_the_tree,
    leave_the_last_out_with_its_rows,
    insert_an_entry_nobody_made,
    change_a_body,
    change_what_stands_beside_a_body,
    swap_bodies,
    swap_speakers,
    give_a_wording_another_speaker,
    hide_a_wording,
    remove_a_version,
    add_a_version,
    remove_an_act,
    change_an_act,
    change_a_root,
]


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__)
def test_tampering_is_always_found(record, mutate):
    rng = random.Random(f"{SEED} {mutate.__name__}")
    missed = []
    for number in range(ROUNDS):
        with transaction.atomic():
            mutate(rng)
            if not list(audit.findings()):
                missed.append(number)
            transaction.set_rollback(True)
    assert missed == []
    assert list(audit.findings()) == []
