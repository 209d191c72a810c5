"""What of a discussion enters the record, and that its rows are held against it."""

from hashlib import sha256

import pytest
from django.utils import timezone

from consultations.discussion import actions
from consultations.discussion.errors import TooManyComments
from consultations.discussion.models import Comment, CommentVersion, ModerationAct
from consultations.discussion.recording import content, place
from portal.record import audit, audit_sources
from portal.record.actions import append
from portal.record.hashing import content_digest
from portal.record.models import Entry
from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.factories import OrganisationFactory, UserFactory

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
    return sorted(Entry.objects.values_list("kind", flat=True))


def entry_of(row):
    return Entry.objects.get(leaf=row.record_leaf)


def earliest(body):
    """The earlier wording that says this."""
    return CommentVersion.objects.filter(body=body)


def swap_speakers(one, other):
    """As if each of two comments had been written by the other's author."""
    for row, by in ((one, other), (other, one)):
        Comment.objects.filter(pk=row.pk).update(
            author=by.author, author_name=by.author_name, group=by.group
        )


def exchange_numbers(one, other):
    """As if an earlier wording had been the later one."""
    CommentVersion.objects.filter(pk=one.pk).update(number=9)
    CommentVersion.objects.filter(pk=other.pk).update(number=one.number)
    CommentVersion.objects.filter(pk=one.pk).update(number=other.number)


def found():
    return [finding.text for finding in audit.findings()]


def test_a_comment_enters_without_its_author_s_name(consultation, member):
    member.name = "Amara Diallo"
    member.save()
    comment = comment_on(consultation, author=member, body="Indicators help.")
    entry = entry_of(comment)
    digest = content_digest(bytes(entry.salt), content(comment))
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
        "content": 2,
        "content_digest": digest,
    }
    assert "Amara" not in entry.text


def test_the_digest_covers_the_text_and_who_spoke_and_names_the_account_to_nobody(consultation):
    body = OrganisationFactory(name="Export Office", verified_on=timezone.now().date())
    author = UserFactory(name="Amara Diallo", submitter_type="company", organisation=body)
    first, second = (comment_on(consultation, author=author, body="Why?") for _ in range(2))
    covered = content(first)
    assert {**covered, "by": ""} == {
        "body": "Why?",
        "by": "",
        "group": "industry",
        "name": "Amara Diallo",
        "organisation": "Export Office",
        "verified": True,
    }
    sealed = sha256(bytes(first.author_seal) + str(author.pk).encode()).hexdigest()
    assert covered["by"] == sealed
    assert content(second)["by"] != sealed, "two comments of one author cannot be told to be so"


def test_an_entry_from_before_names_were_covered_holds_as_it_was_made(consultation, member):
    comment = comment_on(consultation, author=member, body="One.")
    old = append(
        kind="comment.posted",
        statement={
            **place(comment, comment),
            "consultation": consultation.docket,
            "language": "en",
            "content_digest": content_digest(bytes(32), {"body": "One."}),
        },
        public=True,
        at=timezone.now(),
        salt=bytes(32),
    )
    Entry.objects.filter(leaf=comment.record_leaf).delete()
    Comment.objects.filter(pk=comment.pk).update(record_leaf=old.leaf, author_seal=None)
    assert found() == []
    comment.refresh_from_db()
    actions.edit_comment(author=member, comment=comment, body="Two.", language="en")
    assert found() == []
    Comment.objects.update(author_name="Somebody else")
    assert len(found()) == 1
    CommentVersion.objects.update(body="Uno.")
    assert len(found()) == 2


def test_every_act_has_its_entry(discussion):
    assert kinds() == [
        *["comment.edited"] * 2,
        *["comment.hidden"] * 2,
        *["comment.posted"] * 3,
        "comment.restored",
    ]
    assert found() == []


def test_an_edit_keeps_each_wording_with_its_entry_and_names_the_one_that_it_follows(discussion):
    first = Comment.objects.earliest("pk")
    one, two = earliest("One.").get(), earliest("Two.").get()
    for row, follows in ((one, None), (two, one.record_leaf), (first, two.record_leaf)):
        entry = entry_of(row)
        digest = content_digest(bytes(entry.salt), content(row))
        assert entry.statement["content_digest"] == digest
        assert entry.statement.get("follows") == follows


def test_an_act_of_a_moderator_names_the_one_that_it_follows(discussion, moderator):
    answer = Comment.objects.order_by("pk")[1]
    actions.hide_comment(moderator=moderator, comment=answer, reason="abuse")
    acts = list(ModerationAct.objects.filter(comment=answer).order_by("pk"))
    leaves = [None, *(act.record_leaf for act in acts)]
    assert [entry_of(act).statement.get("follows") for act in acts] == leaves[:-1]


def test_hidden_wordings_are_opened_to_nobody_until_restored(discussion):
    _first, answer, hidden = Comment.objects.order_by("pk")
    assert entry_of(answer).public
    assert not entry_of(hidden).public
    assert entry_of(ModerationAct.objects.get(comment=hidden)).public
    assert all(entry_of(version).public for version in CommentVersion.objects.all())


def test_hiding_conceals_earlier_wordings_too(discussion, moderator):
    first = Comment.objects.earliest("pk")
    actions.hide_comment(moderator=moderator, comment=first, reason="abuse")
    first.refresh_from_db()
    wordings = [first, *first.versions.all()]
    assert not any(entry_of(each).public for each in wordings)
    actions.restore_comment(moderator=moderator, comment=first)
    assert all(entry_of(each).public for each in wordings)


def test_what_was_refused_enters_nothing(consultation, member):
    for _ in range(actions.RATE_LIMIT):
        comment_on(consultation, author=member)
    with pytest.raises(TooManyComments):
        comment_on(consultation, author=member)
    assert Entry.objects.count() == actions.RATE_LIMIT


@pytest.mark.parametrize(
    "tamper",
    [
        lambda first: Comment.objects.filter(pk=first.pk).update(body="Three!"),
        lambda first: Comment.objects.filter(pk=first.pk).update(body="Three.\u200b"),
        lambda first: Comment.objects.filter(pk=first.pk).update(language="fr"),
        lambda first: Comment.objects.filter(pk=first.pk).update(group="government"),
        lambda first: Comment.objects.filter(pk=first.pk).update(author_name="Somebody else"),
        lambda first: Comment.objects.filter(pk=first.pk).update(organisation_name="A ministry"),
        lambda first: Comment.objects.filter(pk=first.pk).update(is_verified=True),
        lambda first: Comment.objects.filter(pk=first.pk).update(author=UserFactory()),
        lambda first: Comment.objects.filter(pk=first.pk).update(author=None),
        lambda first: Comment.objects.filter(pk=first.pk).update(author_seal=bytes(16)),
        lambda first: swap_speakers(first, Comment.objects.get(pk=first.pk + 1)),
        lambda first: earliest("One.").update(author_name="Somebody else"),
        lambda first: earliest("One.").update(group="government"),
        lambda first: earliest("One.").update(hidden_at=timezone.now()),
        lambda first: earliest("One.").update(number=7),
        lambda first: Comment.objects.filter(pk=first.pk).update(
            removed_on=timezone.now().date(), body="", language=""
        ),
        lambda first: Comment.objects.filter(pk=first.pk).update(is_official=True),
        lambda first: Comment.objects.filter(pk=first.pk).update(record_leaf=""),
        lambda first: Comment.objects.filter(pk=first.pk).update(
            record_leaf=earliest("One.").get().record_leaf
        ),
        lambda first: Comment.objects.filter(pk=first.pk).update(hidden_at=timezone.now()),
        lambda first: Comment.objects.filter(pk=first.pk + 1).update(parent=None),
        lambda first: Comment.objects.filter(pk=first.pk + 2).update(hidden_at=None),
        lambda first: earliest("One.").update(body="Uno."),
        lambda first: earliest("One.").delete(),
        lambda first: earliest("One.").update(record_leaf=earliest("Two.").get().record_leaf),
        lambda first: exchange_numbers(earliest("One.").get(), earliest("Two.").get()),
        lambda first: CommentVersion.objects.create(
            comment=first,
            number=3,
            body="Never written.",
            language="en",
            written_at=timezone.now(),
            replaced_at=timezone.now(),
        ),
        lambda first: ModerationAct.objects.filter(verb="hide").first().delete(),
        lambda first: ModerationAct.objects.filter(verb="hide").update(reason="spam"),
        lambda first: ModerationAct.objects.filter(verb="hide").update(wording=1),
        lambda first: ModerationAct.objects.filter(verb="restore").update(comment=first),
        lambda first: ModerationAct.objects.filter(verb="restore").update(record_leaf=""),
        lambda first: Entry.objects.filter(kind="comment.restored").delete(),
        lambda first: Entry.objects.filter(leaf=first.record_leaf).update(salt=bytes(32)),
    ],
)
def test_a_change_behind_the_portal_s_back_is_found(discussion, tamper):
    tamper(Comment.objects.earliest("pk"))
    assert found()


def test_a_comment_deleted_with_all_that_hangs_on_it_is_found(consultation, member):
    comment = comment_on(consultation, author=member)
    Comment.objects.filter(pk=comment.pk).delete()
    assert found() == [f"is of a wording of comment {comment.pk} that is not kept."]


def test_the_discussion_is_a_source():
    registered = {kind for kinds, check in audit_sources._checks for kind in kinds}
    assert {"comment.posted", "comment.edited", "comment.hidden", "comment.restored"} <= registered
