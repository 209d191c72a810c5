"""The verbs of a discussion, and what the search knows after each."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.calls import zones
from consultations.discussion import actions
from consultations.discussion.cards import all_cards
from consultations.discussion.errors import (
    DiscussionClosed,
    HiddenMeanwhile,
    InvalidComment,
    NotPermitted,
    ParentHidden,
    TooManyComments,
    WrongThread,
)
from consultations.discussion.models import Comment, CommentVersion, ModerationAct
from consultations.discussion.policy import HideReason
from consultations.discussion.threads import paths
from portal.search.engines import get_engine
from portal.search.models import Card
from portal.search.query import SearchQuery
from tests.consultations.factories import ConsultationPageFactory, build_thread, comment_on
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation(consultations):
    return ConsultationPageFactory()


def card_of(comment):
    return Card.objects.filter(kind="comment", key=str(comment.pk)).first()


def test_a_comment_keeps_who_spoke_and_for_whom(consultation):
    author = UserFactory(submitter_type="trade-body")
    comment = comment_on(consultation, author=author, body="  Indicators help.\r\nReally. ")
    author.submitter_type = "individual"
    author.save()
    comment.refresh_from_db()
    assert (comment.submitter_type, comment.group) == ("trade-body", "industry")
    assert comment.body == "Indicators help.\nReally."


def test_replies_stand_under_what_they_answer(consultation):
    first, second = comment_on(consultation), comment_on(consultation)
    reply = comment_on(consultation, parent=first)
    deeper = comment_on(consultation, parent=reply)
    page = Comment.objects.page(first.thread_id)
    assert [row.id for row in page.rows] == [first.pk, reply.pk, deeper.pk, second.pk]
    assert paths.depth(deeper.path) == 3


def test_a_very_deep_reply_stays_at_the_deepest_level(consultation):
    comment = None
    for _ in range(paths.MAX_DEPTH + 2):
        comment = comment_on(consultation, parent=comment)
    assert paths.depth(comment.path) == paths.MAX_DEPTH
    assert paths.depth(comment.parent.parent.path) == paths.MAX_DEPTH


def test_a_form_sent_twice_makes_one_comment(consultation, member):
    key = uuid.uuid4()
    first = comment_on(consultation, author=member, submission_key=key)
    again = comment_on(consultation, author=member, submission_key=key)
    assert first.pk == again.pk
    assert Comment.objects.count() == 1


def test_a_retry_after_the_deadline_finds_what_was_made_in_time(consultation, member):
    key = uuid.uuid4()
    made = comment_on(consultation, author=member, submission_key=key)
    late = consultation.closes_at
    assert comment_on(consultation, author=member, submission_key=key, at=late).pk == made.pk


def test_a_key_of_somebody_else_yields_nothing(consultation, member):
    key = uuid.uuid4()
    comment_on(consultation, author=member, submission_key=key)
    with pytest.raises(Exception, match=r"(?i)unique"):
        comment_on(consultation, author=UserFactory(), submission_key=key)


@pytest.mark.parametrize("zone", ["Europe/Brussels", "America/St_Johns", "Asia/Kathmandu"])
def test_the_deadline_holds_to_the_second(consultations, member, zone):
    closes_at = zones.end_of_minute(datetime.fromisoformat("2026-11-30 23:59"), zone)
    consultation = ConsultationPageFactory(
        timezone=zone, opens_at=closes_at - timedelta(weeks=13), closes_at=closes_at
    )
    with time_machine.travel(closes_at - timedelta(seconds=1), tick=False):
        comment_on(consultation, author=member)
    with time_machine.travel(closes_at, tick=False), pytest.raises(DiscussionClosed):
        comment_on(consultation, author=member)


def test_an_extension_is_known_to_a_page_opened_before_it(consultation, member):
    stale = ConsultationPageFactory._meta.model.objects.get(pk=consultation.pk)
    consultation.closes_at += timedelta(weeks=2)
    consultation.save()
    at = stale.closes_at + timedelta(days=1)
    assert comment_on(stale, author=member, at=at).created_at == at


@pytest.mark.parametrize("body", ["", "  \n ", "x" * 5_001, "\u200b", "\u3164", "\u0301\u2800"])
def test_a_text_that_is_none_is_refused(consultation, body):
    with pytest.raises(InvalidComment):
        comment_on(consultation, body=body)
    assert not Comment.objects.exists()


def test_a_text_is_kept_as_it_is_seen_and_counted_as_it_is_kept(consultation):
    assert comment_on(consultation, body="e\u0301" * 5_000).body == "é" * 5_000
    body = comment_on(consultation, body="\x1b[1mOne\x0btwo\x00\u200b" + "\u0301" * 40).body
    assert body == "One\ntwó" + "\u0301" * 6


def test_the_longest_text_fits_however_its_lines_end(consultation):
    body = "\r\n".join(["x" * 49] * 100)
    assert len(comment_on(consultation, body=body).body) == 4_999


def test_an_unknown_language_is_refused(consultation):
    with pytest.raises(InvalidComment):
        comment_on(consultation, language="xx")


def test_a_comment_of_another_consultation_cannot_be_answered(consultation):
    elsewhere = comment_on(ConsultationPageFactory())
    with pytest.raises(WrongThread):
        comment_on(consultation, parent=elsewhere)


def test_a_hidden_comment_cannot_be_answered(consultation, moderator):
    comment = comment_on(consultation)
    hidden = actions.hide_comment(moderator=moderator, comment=comment, reason="spam")
    with pytest.raises(ParentHidden):
        comment_on(consultation, parent=hidden)


def test_a_person_may_not_flood(consultation, member):
    for _ in range(actions.RATE_LIMIT):
        comment_on(consultation, author=member)
    with pytest.raises(TooManyComments):
        comment_on(consultation, author=member)
    later = timezone.now() + actions.RATE_WINDOW + timedelta(seconds=1)
    assert comment_on(consultation, author=member, at=later)


def test_an_edit_keeps_the_earlier_wording(consultation, member):
    comment = comment_on(consultation, author=member, body="First.")
    edited = actions.edit_comment(author=member, comment=comment, body="Second.", language="fr")
    assert (edited.body, edited.language) == ("Second.", "fr")
    assert edited.edited_at
    version = CommentVersion.objects.get()
    assert (version.body, version.written_at) == ("First.", comment.created_at)
    assert card_of(edited).body == "Second."


def test_an_edit_that_changes_nothing_leaves_no_trace(consultation, member):
    comment = comment_on(consultation, author=member, body="Same.")
    actions.edit_comment(author=member, comment=comment, body=" Same. ", language="en")
    assert not CommentVersion.objects.exists()


def test_hiding_and_restoring_is_noted_and_moves_the_card(consultation, moderator):
    comment = comment_on(consultation)
    assert card_of(comment).url == f"/c/{comment.pk}"
    comment = actions.hide_comment(
        moderator=moderator, comment=comment, reason=HideReason.ABUSE, note="Third time."
    )
    actions.hide_comment(moderator=moderator, comment=comment, reason="spam")
    assert comment.hidden_reason == "abuse"
    assert card_of(comment) is None
    comment = actions.restore_comment(moderator=moderator, comment=comment, note="Appeal.")
    assert not comment.is_hidden
    assert card_of(comment)
    acts = ModerationAct.objects.order_by("pk").values_list("verb", "reason", "note")
    assert list(acts) == [("hide", "abuse", "Third time."), ("restore", "abuse", "Appeal.")]


def test_a_member_moderates_nothing(consultation, member):
    comment = comment_on(consultation)
    for act in (
        lambda: actions.hide_comment(moderator=member, comment=comment, reason="spam"),
        lambda: actions.restore_comment(moderator=member, comment=comment),
        lambda: actions.close_thread(moderator=member, consultation=consultation, reason="No."),
        lambda: actions.reopen_thread(moderator=member, consultation=consultation),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_hidden_comment_is_not_edited_back(consultation, member, moderator):
    comment = comment_on(consultation, author=member)
    actions.hide_comment(moderator=moderator, comment=comment, reason="spam")
    with pytest.raises(HiddenMeanwhile):
        actions.edit_comment(author=member, comment=comment, body="Again.", language="en")


def test_a_closed_thread_can_be_opened_again(consultation, moderator, member):
    actions.close_thread(moderator=moderator, consultation=consultation, reason="Quarrel.")
    with pytest.raises(DiscussionClosed):
        comment_on(consultation, author=member)
    actions.reopen_thread(moderator=moderator, consultation=consultation)
    assert comment_on(consultation, author=member)


def test_unpublishing_a_consultation_takes_its_comments_out_of_the_search(consultation):
    comment = comment_on(consultation)
    consultation.unpublish()
    assert card_of(comment) is None
    consultation.save_revision().publish()
    assert card_of(comment)


def test_a_consultation_kept_from_the_public_keeps_its_comments_out_of_the_search(consultation):
    comment = comment_on(consultation)
    restriction = consultation.view_restrictions.create(restriction_type="login")
    assert card_of(comment) is None
    assert str(comment.pk) not in {card.key for card in all_cards()}
    restriction.delete()
    assert card_of(comment)


def test_a_comment_is_found_by_its_own_words_and_not_by_its_consultation_s_name(consultation):
    comment = comment_on(consultation, body="Ask for the unit, in writing.")
    found = get_engine().search(SearchQuery(text="unit in writing", filters={"kind": ["comment"]}))
    assert [hit.key for hit in found.hits] == [str(comment.pk)]
    assert found.hits[0].title == f"Comment on {consultation.title}"
    by_name = SearchQuery(text=f'"{consultation.title}"', filters={"kind": ["comment"]})
    assert get_engine().search(by_name).hits == []


def test_an_insert_makes_the_same_few_statements_in_a_long_thread(consultation, member):
    def statements(parent):
        """Of two in a row: every other entry of the record reads the nodes that it completes."""
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                comment_on(consultation, author=member, parent=parent)
            counts.append(len(captured))
        return min(counts)

    first = comment_on(consultation)
    few = statements(first)
    build_thread(consultation, 300)
    assert statements(Comment.objects.latest("path")) == few <= 11


def test_ids_and_paths_agree(consultation):
    build_thread(consultation, 20)
    comment = comment_on(consultation)
    assert comment.path == paths.encode(comment.pk)
    assert datetime.now(UTC) - comment.created_at < timedelta(minutes=1)
