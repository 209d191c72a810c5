"""Taking back: the author of a comment removes it at any time; a moderator hides one wording."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from consultations.discussion import actions
from consultations.discussion.errors import (
    AlreadyRemoved,
    NotPermitted,
    NotYours,
    ParentRemoved,
    TooManyComments,
)
from consultations.discussion.models import Comment, CommentVersion
from portal.record import audit
from portal.record.models import Entry
from portal.search.models import Card
from portal.stakeholders.roles import ADMINISTRATOR, MODERATOR
from tests import canaries
from tests.consultations.factories import ConsultationPageFactory, build_thread, comment_on
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

WORDS = ("Firstcanary", "Secondcanary", "Ruizcanary", "Watchcanary")


@pytest.fixture
def consultation(consultations):
    return ConsultationPageFactory(title="Risk indicators")


@pytest.fixture
def author():
    return UserFactory(name="Ana Ruizcanary", affiliation="Watchcanary", submitter_type="company")


@pytest.fixture
def comment(consultation, author):
    """Edited once, answered once."""
    made = comment_on(consultation, author=author, body="Firstcanary wording.")
    comment_on(consultation, parent=made, body="A reply.")
    return actions.edit_comment(
        author=author, comment=made, body="Secondcanary wording.", language="fr"
    )


def removal(comment):
    return reverse("account_remove_comment", args=[comment.pk])


def page_of(response):
    return response.content.decode()


def test_nothing_of_a_removed_comment_is_left_in_any_row(comment, author):
    actions.remove_comment(author=author, comment=comment)
    kept = canaries.every_row()
    profile = kept.pop("stakeholders_user")
    assert any("Ruizcanary" in row for row in profile), "what is looked for would be found"
    # A full-text index notes a deletion first, and is tidied once a day (`portal.search.erasure`).
    places = {table: "\n".join(rows) for table, rows in kept.items() if "_fts_" not in table}
    canaries.require_absent(places, WORDS)
    assert not CommentVersion.objects.exists()
    comment.refresh_from_db()
    assert comment.author is None
    assert (comment.body, comment.group, comment.language, comment.author_seal) == (
        "",
        "",
        "",
        None,
    )


def test_its_place_and_its_replies_stay(client, consultation, comment, author):
    at = client.get(f"/c/{comment.pk}").url
    actions.remove_comment(author=author, comment=comment)
    assert client.get(f"/c/{comment.pk}").url == at
    for address in (at, at.partition("?")[0], at.replace("?at", "?order=newest&at")):
        page = page_of(client.get(address))
        assert "Removed by its author." in page
        assert "A reply." in page
        assert "a removed comment" in page
        for word in WORDS:
            assert word not in page
    for name in ("history", "reply"):
        page = page_of(
            client.get(reverse(f"discussion:{name}", args=[consultation.slug, comment.pk]))
        )
        assert "Removed by its author." in page
        for word in WORDS:
            assert word not in page


def test_it_leaves_the_search_and_the_feeds(client, comment, author):
    assert comment.get_absolute_url() in page_of(client.get("/feeds/search/?q=Secondcanary"))
    actions.remove_comment(author=author, comment=comment)
    assert not Card.objects.filter(kind="comment", key=comment.pk).exists()
    for address in ("/feeds/search/?q=Secondcanary", "/en/search/?q=Secondcanary"):
        assert comment.get_absolute_url() not in page_of(client.get(address))


def test_the_record_keeps_hashes_that_say_nothing_and_still_holds(comment, author):
    leaves = [comment.record_leaf, *comment.versions.values_list("record_leaf", flat=True)]
    actions.remove_comment(author=author, comment=comment)
    for entry in Entry.objects.filter(leaf__in=leaves):
        assert (entry.text, entry.salt) == (None, None)
    tombstone = Entry.objects.get(kind="record.erased")
    assert tombstone.public
    assert tombstone.statement["because"] == "removed by its author"
    assert tombstone.statement["erases"] == sorted(leaves)
    assert list(audit.findings()) == []


@pytest.mark.parametrize("state", ["open", "closed by its date", "closed by a moderator", "hidden"])
def test_it_can_be_removed_whatever_has_become_of_it(
    client, consultation, comment, author, moderator, state
):
    if state == "closed by its date":
        consultation.closes_at = consultation.opens_at + timedelta(days=1)
        consultation.short_notice_reason = "Short."
        consultation.save()
    elif state == "closed by a moderator":
        actions.close_thread(moderator=moderator, consultation=consultation, reason="Quarrel.")
    elif state == "hidden":
        actions.hide_comment(
            moderator=moderator, comment=comment, reason="abuse", note="Ruizcanary"
        )
    client.force_login(author)
    assert client.get(removal(comment)).status_code == 200
    assert client.post(removal(comment), follow=True).status_code == 200
    comment.refresh_from_db()
    assert comment.is_removed
    assert not comment.moderation_acts.exclude(note="").exists(), "a note may quote it"
    client.logout()
    page = page_of(client.get(reverse("discussion:thread", args=[consultation.slug])))
    assert "Removed by its author." in page
    assert list(audit.findings()) == []


def test_it_can_be_removed_where_the_consultation_is_shown_no_more(
    client, consultation, comment, author
):
    consultation.unpublish()
    client.force_login(author)
    assert removal(comment) in page_of(client.get(reverse("account_comments")))
    assert "Secondcanary" in page_of(client.get(removal(comment)))
    assert client.post(removal(comment)).url == reverse("account_comments")
    comment.refresh_from_db()
    assert comment.is_removed
    client.force_login(UserFactory())
    assert client.get(removal(comment)).status_code == 404


def test_the_page_says_beforehand_what_can_be_seen_afterwards(client, comment, author):
    client.force_login(author)
    page = page_of(client.get(removal(comment)))
    assert "Secondcanary wording." in page
    assert "What can be seen afterwards" in page
    assert "Replies stay where they are" in page
    comment.refresh_from_db()
    assert not comment.is_removed
    assert "Your comment is removed." in page_of(client.post(removal(comment), follow=True))


def test_removing_twice_is_told_and_does_nothing(client, comment, author):
    client.force_login(author)
    client.post(removal(comment))
    entries = Entry.objects.count()
    for answer in (client.get(removal(comment)), client.post(removal(comment))):
        assert answer.status_code == 409
        assert "has been removed by its author" in page_of(answer)
    with pytest.raises(AlreadyRemoved):
        actions.remove_comment(author=author, comment=comment)
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("role", [None, MODERATOR, ADMINISTRATOR])
def test_nobody_removes_what_another_wrote_and_staff_are_led_to_hiding(
    client, consultation, comment, role
):
    client.force_login(UserFactory(role=role))
    for answer in (client.get(removal(comment)), client.post(removal(comment))):
        assert answer.status_code == 403
        page = page_of(answer)
        assert "Only its author can remove a comment." in page
        hiding = reverse("discussion:hide", args=[consultation.slug, comment.pk])
        assert (hiding in page) == (role is not None)
        assert "Secondcanary" not in page
    with pytest.raises(NotYours):
        actions.remove_comment(author=UserFactory(role=role), comment=comment)
    comment.refresh_from_db()
    assert not comment.is_removed


def test_a_visitor_is_sent_to_sign_in_first(client, comment):
    for answer in (client.get(removal(comment)), client.post(removal(comment))):
        assert answer.url.startswith(reverse("account_login"))


def test_a_removed_comment_is_not_answered_changed_hidden_or_shown(
    client, consultation, comment, author, moderator
):
    actions.remove_comment(author=author, comment=comment)
    removed = Comment.objects.get(pk=comment.pk)
    with pytest.raises(ParentRemoved):
        comment_on(consultation, parent=removed)
    with pytest.raises(AlreadyRemoved):
        actions.edit_comment(author=author, comment=removed, body="Again.", language="en")
    client.force_login(moderator)
    for name, act, form in (
        ("hide", actions.hide_comment, {"reason": "spam"}),
        ("restore", actions.restore_comment, {}),
    ):
        with pytest.raises(AlreadyRemoved):
            act(moderator=moderator, comment=removed, **form)
        address = reverse(f"discussion:{name}", args=[consultation.slug, comment.pk])
        assert "has been removed by its author" in page_of(client.get(address))
        answer = client.post(address, form)
        assert answer.status_code == 409
        assert "has been removed by its author" in page_of(answer)


@pytest.mark.usefixtures("one_minute")
def test_removing_makes_no_room_for_a_flood(consultation, author):
    for _ in range(actions.RATE_LIMIT):
        made = comment_on(consultation, author=author)
        actions.remove_comment(author=author, comment=made)
    with pytest.raises(TooManyComments):
        comment_on(consultation, author=author)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert comment_on(consultation, author=author)


def test_somebody_who_took_much_back_may_take_back_more(consultation, author):
    made = [comment_on(consultation, author=author) for _ in range(actions.RATE_LIMIT)]
    later = timezone.now() + timedelta(minutes=11)
    with time_machine.travel(later):
        made += [comment_on(consultation, author=author) for _ in range(actions.RATE_LIMIT)]
        for each in made:
            actions.remove_comment(author=author, comment=each)
    assert not Comment.objects.filter(removed_on=None).exists()


# -- one earlier wording ---------------------------------------------------------------------------


def wording_address(name, comment, number=1):
    slug = comment.thread.consultation.slug
    return reverse(f"discussion:{name}", args=[slug, comment.pk, number])


def test_a_moderator_hides_an_earlier_wording_and_the_present_one_stays(
    client, consultation, comment, moderator
):
    client.force_login(moderator)
    history = reverse("discussion:history", args=[consultation.slug, comment.pk])
    hide = wording_address("hide_wording", comment)
    assert hide in page_of(client.get(history))
    assert "Firstcanary" in page_of(client.get(hide))
    assert client.post(hide, {"reason": "dislike"}).status_code == 422
    assert client.post(hide, {"reason": "personal-data", "note": "Asked."}).url == history
    client.logout()
    page = page_of(client.get(history))
    assert "Firstcanary" not in page
    assert "Personal data of somebody else" in page
    assert "Asked." not in page
    assert "Secondcanary" in page
    assert "Secondcanary" in page_of(
        client.get(reverse("discussion:thread", args=[consultation.slug]))
    )
    assert Card.objects.get(kind="comment", key=comment.pk).body == "Secondcanary wording."
    (version,) = comment.versions.all()
    assert not Entry.objects.get(leaf=version.record_leaf).public
    assert Entry.objects.get(leaf=comment.record_leaf).public
    assert list(audit.findings()) == []
    client.force_login(moderator)
    restore = wording_address("restore_wording", comment)
    assert "Firstcanary" in page_of(client.get(history)), "moderators go on reading it"
    client.post(restore, {"note": ""})
    client.logout()
    assert "Firstcanary" in page_of(client.get(history))
    assert Entry.objects.get(leaf=version.record_leaf).public
    assert list(audit.findings()) == []


def test_a_hidden_wording_stays_hidden_when_the_comment_is_shown_again(comment, moderator):
    (version,) = comment.versions.all()
    actions.hide_wording(moderator=moderator, version=version, reason="abuse")
    actions.hide_comment(moderator=moderator, comment=comment, reason="spam")
    actions.restore_comment(moderator=moderator, comment=comment)
    version.refresh_from_db()
    assert version.is_hidden
    assert not Entry.objects.get(leaf=version.record_leaf).public
    assert Entry.objects.get(leaf=comment.record_leaf).public
    assert list(audit.findings()) == []


def test_a_wording_shown_again_stays_closed_while_its_comment_is_hidden(comment, moderator):
    (version,) = comment.versions.all()
    actions.hide_wording(moderator=moderator, version=version, reason="abuse")
    actions.hide_comment(moderator=moderator, comment=comment, reason="spam")
    actions.restore_wording(moderator=moderator, version=version)
    assert not Entry.objects.get(leaf=version.record_leaf).public
    actions.restore_comment(moderator=moderator, comment=comment)
    assert Entry.objects.get(leaf=version.record_leaf).public
    assert list(audit.findings()) == []


def test_hiding_a_wording_is_for_moderators_who_are_not_of_the_host(client, consultation, comment):
    (version,) = comment.versions.all()
    of_host = UserFactory(role=MODERATOR, organisation=consultation.host)
    for person in (UserFactory(), comment.author, of_host):
        client.force_login(person)
        for name in ("hide_wording", "restore_wording"):
            assert client.get(wording_address(name, comment)).status_code == 403
            assert (
                client.post(wording_address(name, comment), {"reason": "spam"}).status_code == 403
            )
        with pytest.raises(NotPermitted):
            actions.hide_wording(moderator=person, version=version, reason="spam")
    version.refresh_from_db()
    assert not version.is_hidden
    client.force_login(UserFactory(role=MODERATOR))
    assert client.get(wording_address("hide_wording", comment, 2)).status_code == 404


def test_removing_erases_a_hidden_wording_too_and_says_of_it_no_more_than_before(
    comment, author, moderator
):
    (version,) = comment.versions.all()
    actions.hide_wording(moderator=moderator, version=version, reason="abuse")
    actions.remove_comment(author=author, comment=comment)
    erased = Entry.objects.filter(kind="record.erased")
    assert [(each.public, len(each.statement["erases"])) for each in erased.order_by("public")] == [
        (False, 1),
        (True, 1),
    ]
    assert list(audit.findings()) == []


# -- what one has written --------------------------------------------------------------------------


def test_one_s_comments_are_listed_in_the_account(client, consultation, comment, author, moderator):
    comment_on(consultation, body="By somebody else.")
    hidden = comment_on(consultation, author=author, body="Hidden words.")
    actions.hide_comment(moderator=moderator, comment=hidden, reason="off-topic")
    client.force_login(author)
    assert reverse("account_comments") in page_of(client.get(reverse("account_overview")))
    page = page_of(client.get(reverse("account_comments")))
    assert page.index("Hidden words.") < page.index("Secondcanary")
    assert "Off topic" in page
    assert "By somebody else." not in page
    actions.remove_comment(author=author, comment=hidden)
    assert "Hidden words." not in page_of(client.get(reverse("account_comments")))


def test_the_list_is_read_page_by_page_in_the_same_few_queries(
    client, consultation, author, django_assert_max_num_queries
):
    build_thread(consultation, 120, author=author)
    client.force_login(author)
    client.get(reverse("account_comments"))
    seen, query = [], ""
    while query is not None:
        with django_assert_max_num_queries(9):
            page = page_of(client.get(reverse("account_comments") + query))
        found = [
            int(each.split('"')[0])
            for each in page.split('<h2 class="comment__heading" id="c-')[1:]
        ]
        seen += found
        query = f"?before={found[-1]}" if 'rel="next"' in page else None
    assert len(seen) == len(set(seen)) == 120
    assert client.get(f"{reverse('account_comments')}?before=x").status_code == 404
    elsewhere = comment_on(consultation)
    assert client.get(f"{reverse('account_comments')}?before={elsewhere.pk}").status_code == 404


def test_without_a_comment_the_list_says_so(client, member):
    client.force_login(member)
    assert "Nothing yet" in page_of(client.get(reverse("account_comments")))
    client.logout()
    assert client.get(reverse("account_comments")).url.startswith(reverse("account_login"))
