"""What of a discussion enters the record, and that its rows are held against it."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from consultations.discussion import actions
from consultations.discussion.models import Comment, CommentVersion, ModerationAct
from consultations.discussion.recording import content
from portal.record import checking, sources
from portal.record.digests import content_digest
from portal.record.models import Entry
from tests.consultations.factories import ConsultationPageFactory, comment_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation(consultations):
    return ConsultationPageFactory()


@pytest.fixture
def discussion(consultation, moderator, member):
    """A comment edited twice, an answer that was hidden and restored, and one that is hidden."""
    first = comment_on(consultation, author=member, body="One.")
    for body in ("Two.", "Three."):
        actions.edit_comment(author=member, comment=first, body=body, language="en")
    answer = comment_on(consultation, parent=first, body="An answer.")
    hidden = comment_on(consultation, body="Call me at home.")
    for each in (answer, hidden):
        actions.hide_comment(moderator=moderator, comment=each, reason="personal-data")
    actions.restore_comment(moderator=moderator, comment=answer)
    return consultation


def kinds():
    return list(Entry.objects.order_by("index").values_list("kind", flat=True))


def found():
    return [finding.text for finding in checking.findings()]


def test_a_comment_enters_without_its_author_s_name(consultation, member):
    member.name = "Amara Diallo"
    member.save()
    comment = comment_on(consultation, author=member, body="Indicators help.")
    entry = Entry.objects.get(index=comment.record_index)
    digest = content_digest(bytes(entry.salt), content("Indicators help."))
    assert entry.public
    assert entry.statement == {
        "kind": "comment.posted",
        "day": timezone.now().strftime("%Y-%m-%d"),
        "comment": comment.pk,
        "consultation": consultation.docket,
        "parent": None,
        "group": member.group,
        "official": False,
        "language": "en",
        "content_digest": digest,
    }
    assert "Amara" not in entry.text


def test_every_act_has_its_entry(discussion):
    assert kinds() == [
        "comment.posted",
        "comment.edited",
        "comment.edited",
        "comment.posted",
        "comment.posted",
        "comment.hidden",
        "comment.hidden",
        "comment.restored",
    ]
    assert found() == []


def test_an_edit_keeps_each_wording_with_its_entry(discussion):
    first = Comment.objects.earliest("pk")
    versions = {version.body: version.record_index for version in first.versions.all()}
    assert {**versions, first.body: first.record_index} == {"One.": 0, "Two.": 1, "Three.": 2}


def test_hidden_wordings_are_opened_to_nobody_until_restored(discussion):
    _first, answer, hidden = Comment.objects.order_by("pk")
    public = dict(Entry.objects.values_list("index", "public"))
    assert public[answer.record_index]
    assert not public[hidden.record_index]
    assert public[ModerationAct.objects.get(comment=hidden).record_index]
    assert all(public[index] for index in (0, 1, 2))


def test_hiding_conceals_earlier_wordings_too(discussion, moderator):
    first = Comment.objects.earliest("pk")
    actions.hide_comment(moderator=moderator, comment=first, reason="abuse")
    assert not Entry.objects.filter(index__in=(0, 1, 2), public=True).exists()
    actions.restore_comment(moderator=moderator, comment=first)
    assert Entry.objects.filter(index__in=(0, 1, 2), public=True).count() == 3


def test_what_was_refused_enters_nothing(consultation, member):
    for _ in range(actions.RATE_LIMIT):
        comment_on(consultation, author=member)
    with pytest.raises(actions.TooManyComments):
        comment_on(consultation, author=member)
    assert Entry.objects.count() == actions.RATE_LIMIT


@pytest.mark.parametrize(
    "tamper",
    [
        lambda first: Comment.objects.filter(pk=first.pk).update(body="Three!"),
        lambda first: Comment.objects.filter(pk=first.pk).update(body="Three.\u200b"),
        lambda first: Comment.objects.filter(pk=first.pk).update(language="fr"),
        lambda first: Comment.objects.filter(pk=first.pk).update(group="government"),
        lambda first: Comment.objects.filter(pk=first.pk).update(is_official=True),
        lambda first: Comment.objects.filter(pk=first.pk).update(record_index=None),
        lambda first: Comment.objects.filter(pk=first.pk).update(record_index=0),
        lambda first: Comment.objects.filter(pk=first.pk).update(hidden_at=timezone.now()),
        lambda first: Comment.objects.filter(pk=first.pk + 1).update(parent=None),
        lambda first: Comment.objects.filter(pk=first.pk + 2).update(hidden_at=None),
        lambda first: CommentVersion.objects.filter(record_index=0).update(body="Uno."),
        lambda first: CommentVersion.objects.filter(record_index=0).delete(),
        lambda first: CommentVersion.objects.filter(record_index=0).update(record_index=1),
        lambda first: CommentVersion.objects.create(
            comment=first,
            body="Never written.",
            language="en",
            written_at=timezone.now(),
            replaced_at=timezone.now(),
        ),
        lambda first: ModerationAct.objects.filter(verb="hide").first().delete(),
        lambda first: ModerationAct.objects.filter(verb="hide").update(reason="spam"),
        lambda first: ModerationAct.objects.filter(verb="restore").update(comment=first),
        lambda first: ModerationAct.objects.filter(verb="restore").update(record_index=None),
        lambda first: Entry.objects.filter(kind="comment.restored").delete(),
        lambda first: Entry.objects.filter(index=2).update(salt=bytes(32)),
    ],
)
def test_a_change_behind_the_portal_s_back_is_found(discussion, tamper):
    tamper(Comment.objects.earliest("pk"))
    assert found()


def test_a_comment_deleted_with_all_that_hangs_on_it_is_found(consultation, member):
    comment = comment_on(consultation, author=member)
    Comment.objects.filter(pk=comment.pk).delete()
    assert found() == [f"is of a wording of comment {comment.pk} that is not kept."]


def test_what_was_written_before_there_was_a_record_enters_it(discussion):
    Entry.objects.all().delete()
    for model in (Comment, CommentVersion, ModerationAct):
        model.objects.update(record_index=None)
    Comment.objects.update(created_at=timezone.now() - timedelta(days=400))
    # The tables as the migration sees them are those of today.
    migration = import_module("consultations.discussion.migrations.0003_enter_what_was_written")
    migration.enter_all(apps, type("Editor", (), {"connection": connection}))
    assert sorted(kinds()) == sorted(
        ["comment.posted"] * 3 + ["comment.edited"] * 2 + ["comment.hidden"] * 2
        + ["comment.restored"]
    )  # fmt: skip
    posted = Entry.objects.get(index=Comment.objects.latest("pk").record_index)
    assert posted.statement["day"] < posted.statement["entered"] == posted.day.isoformat()
    assert not posted.public
    assert found() == []


def test_the_discussion_is_a_source():
    registered = {kind for kinds, check in sources._checks for kind in kinds}
    assert {"comment.posted", "comment.edited", "comment.hidden", "comment.restored"} <= registered
