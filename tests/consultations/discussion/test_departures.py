"""What becomes of comments when their author's account is deleted: as its owner chooses."""

import pytest
from django.urls import reverse

from consultations.discussion import actions
from consultations.discussion.models import Comment, CommentVersion
from portal.record import audit
from portal.record.models import Entry
from portal.stakeholders.actions import delete_account
from portal.stakeholders.models import User
from tests import canaries
from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.factories import UserFactory
from tests.staff import prove_again

pytestmark = pytest.mark.django_db

NAMES = ("Ruizcanary", "Watchcanary", "canary-address")


@pytest.fixture
def consultation(consultations):
    return ConsultationPageFactory(title="Risk indicators")


@pytest.fixture
def author():
    return UserFactory(
        name="Ana Ruizcanary",
        affiliation="Watchcanary",
        email="canary-address@people.example",
        submitter_type="company",
    )


@pytest.fixture
def written(consultation, author, moderator):
    """One comment edited twice with a wording hidden, one hidden, one removed already."""
    edited = comment_on(consultation, author=author, body="One.")
    for body in ("Two.", "Three."):
        actions.edit_comment(author=author, comment=edited, body=body, language="en")
    version = edited.versions.get(number=2)
    actions.hide_wording(moderator=moderator, version=version, reason="abuse")
    hidden = comment_on(consultation, author=author, body="Hiddenwords.")
    actions.hide_comment(moderator=moderator, comment=hidden, reason="spam")
    removed = comment_on(consultation, author=author, body="Removed.")
    actions.remove_comment(author=author, comment=removed)
    return edited, hidden, removed


def rows_without_indices():
    kept = canaries.every_row()
    return {table: "\n".join(rows) for table, rows in kept.items() if "_fts_" not in table}


def test_the_name_leaves_every_version_and_the_words_stay(client, consultation, author, written):
    delete_account(user=author, erase=False)
    canaries.require_absent(rows_without_indices(), NAMES)
    edited = Comment.objects.get(pk=written[0].pk)
    assert (edited.body, edited.group, edited.author) == ("Three.", "industry", None)
    bodies = edited.versions.order_by("number").values_list("body", flat=True)
    assert list(bodies) == ["One.", "Two."]
    page = client.get(reverse("discussion:history", args=[consultation.slug, edited.pk]))
    # Beside each wording, and in how to cite the comment.
    assert page.content.decode().count("Former member") == 3
    assert "Two." not in page.content.decode()
    assert list(audit.findings()) == []


def test_the_record_forgets_the_name_and_holds_the_words(author, written):
    before = set(Entry.objects.filter(kind__startswith="comment.").values_list("leaf", flat=True))
    delete_account(user=author, erase=False)
    about = Entry.objects.filter(leaf__in=before, kind__in=["comment.posted", "comment.edited"])
    assert not about.filter(erased_by="").exists()
    assert not about.exclude(salt=None).exists()
    entered = Entry.objects.filter(kind="comment.unnamed")
    assert entered.count() == 4
    edited, hidden, _removed = written
    shown = {
        row.record_leaf
        for row in (Comment.objects.get(pk=edited.pk), edited.versions.get(number=1))
    }
    assert set(entered.filter(public=True).values_list("leaf", flat=True)) == shown
    # Tombstones name one comment each: together they would say that one person wrote all.
    tombstones = Entry.objects.filter(kind="record.erased")
    assert all("comment" in each.statement for each in tombstones)
    Comment.objects.filter(pk=edited.pk).update(body="Changed.")
    assert len(list(audit.findings())) == 1
    assert Comment.objects.get(pk=hidden.pk).is_hidden


def test_or_the_comments_are_removed(client, consultation, author, written):
    delete_account(user=author, erase=True)
    canaries.require_absent(rows_without_indices(), (*NAMES, "Three.", "Hiddenwords."))
    assert not CommentVersion.objects.exists()
    assert not Comment.objects.filter(removed_on=None).exists()
    page = client.get(reverse("discussion:thread", args=[consultation.slug])).content.decode()
    assert page.count("Removed by its author.") == 3
    assert list(audit.findings()) == []


def test_the_owner_reads_what_goes_and_chooses(client, author, written):
    client.force_login(author)
    delete = reverse("account_delete")
    assert delete in client.get(reverse("account_overview")).content.decode()
    assert client.get(delete).status_code == 302  # who may delete it proves again who they are
    prove_again(client)
    page = client.get(delete).content.decode()
    assert "You have written 2 comments in discussions." in page
    answer = client.post(delete, {})
    assert answer.status_code == 422
    assert "Choose what becomes of your comments." in answer.content.decode()
    assert User.objects.filter(pk=author.pk).exists()
    answer = client.post(delete, {"comments": "keep"}, follow=True)
    assert "Your account is deleted." in answer.content.decode()
    assert not User.objects.filter(pk=author.pk).exists()
    assert "sessionid" not in client.session
    assert client.get(delete).url.startswith(reverse("account_login"))
    assert Comment.objects.filter(body="Three.").exists()


def test_staff_who_delete_an_account_leave_its_comments_without_a_name(client, author, written):
    client.force_login(UserFactory(is_superuser=True))
    told = {"reason": "They asked for it.", "step": "confirm"}
    client.post(f"/admin/users/delete/{author.pk}/", told)
    assert not User.objects.filter(pk=author.pk).exists()
    canaries.require_absent(rows_without_indices(), NAMES)
    assert Comment.objects.filter(body="Three.", author_name="").exists()
    assert list(audit.findings()) == []


def test_nobody_deletes_several_accounts_at_once_and_without_a_reason(client, author, written):
    client.force_login(UserFactory(is_superuser=True))
    bulk = f"/admin/bulk/stakeholders/user/delete/?id={author.pk}&next=/admin/"
    assert client.post(bulk, follow=True).status_code == 404
    assert User.objects.filter(pk=author.pk).exists()
