"""Pages of a thread: every comment once, whatever the page's edges."""

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from consultations.discussion.actions import hide_comment, take_names_out
from consultations.discussion.models import Comment
from consultations.discussion.presenters import present
from tests.consultations.factories import ConsultationPageFactory, build_thread, comment_on
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(consultations):
    consultation = ConsultationPageFactory()
    build_thread(consultation, 53)
    return consultation.thread


@pytest.mark.parametrize("newest", [False, True])
@pytest.mark.parametrize("limit", [1, 7, 53, 100])
def test_pages_cover_every_comment_exactly_once_in_both_directions(thread, newest, limit):
    whole = list(Comment.objects.order_by("-id" if newest else "path").values_list("id", flat=True))
    read, page = [], Comment.objects.page(thread.pk, newest=newest, limit=limit)
    assert page.before is None
    while True:
        read += [row.id for row in page.rows]
        if page.after is None:
            break
        last = page
        page = Comment.objects.page(thread.pk, newest=newest, limit=limit, after=page.after)
    assert read == whole
    back = [row.id for row in page.rows]
    while page.before is not None:
        page = Comment.objects.page(thread.pk, newest=newest, limit=limit, before=page.before)
        back = [row.id for row in page.rows] + back
    assert back == whole
    assert limit >= 53 or last


@pytest.mark.parametrize("newest", [False, True])
def test_a_page_at_a_comment_shows_it_with_what_precedes(thread, newest):
    order = "-id" if newest else "path"
    whole = list(Comment.objects.order_by(order).values_list("id", flat=True))
    for place, comment_id in enumerate(whole):
        page = Comment.objects.page(thread.pk, at=comment_id, newest=newest, limit=20)
        ids = [row.id for row in page.rows]
        start = max(0, place - 10)
        assert ids == whole[start : start + len(ids)]
        assert comment_id in ids
        assert (page.before is None) == (start == 0)


def test_beyond_the_last_comment_there_is_nothing(thread):
    last = Comment.objects.order_by("path").last()
    page = Comment.objects.page(thread.pk, after=last.pk)
    assert (page.rows, page.after) == ([], None)


def test_a_comment_of_another_thread_is_no_place_here(thread):
    elsewhere = comment_on(ConsultationPageFactory())
    for newest in (False, True):
        for anchor in ("after", "before", "at"):
            page = Comment.objects.page(thread.pk, newest=newest, **{anchor: elsewhere.pk})
            assert page == ([], None, None)


def test_a_group_is_read_alone(thread):
    author = UserFactory(submitter_type="company")
    mine = comment_on(thread.consultation, author=author)
    page = Comment.objects.page(thread.pk, group="industry")
    assert [row.id for row in page.rows] == [mine.pk]


def test_lists_nest_as_replies_do_and_close_again(thread):
    for start in (None, *Comment.objects.order_by("path").values_list("id", flat=True)[5:50:9]):
        rows = Comment.objects.page(thread.pk, after=start).rows
        shown, tail = present(rows, nested=True)
        markup = "".join(str(each.lead) + "<li>" for each in shown) + str(tail)
        for tag in ("li", "ol", "details", "summary"):
            assert markup.count(f"<{tag}>") + markup.count(f"<{tag} ") == markup.count(f"</{tag}>")


def test_the_text_of_a_hidden_comment_never_leaves_the_reading(consultations, moderator):
    comment = comment_on(ConsultationPageFactory(), body="Her address is 5 Elm Road.")
    hide_comment(moderator=moderator, comment=comment, reason="personal-data")
    (shown,), _tail = present(Comment.objects.page(comment.thread_id).rows, nested=True)
    assert (shown.body, shown.name) == ("", "")
    rule = "/en/about/moderation/#rule-personal-data"
    assert shown.hidden == f'<a class="link" href="{rule}">Personal data of somebody else</a>'


def test_a_reply_tells_its_parent_also_where_that_is_on_another_page(consultations):
    consultation = ConsultationPageFactory()
    parent = comment_on(consultation, author=UserFactory(name="Ana Ruiz"))
    reply = comment_on(consultation, parent=parent)
    (shown,), _tail = present(
        Comment.objects.page(parent.thread_id, after=parent.pk).rows, nested=True
    )
    assert (shown.id, shown.parent_name) == (reply.pk, "Ana Ruiz")
    assert shown.parent_href == f"/c/{parent.pk}"
    assert shown.level == "reply, level 2"


def test_an_account_with_comments_is_not_deleted_before_it_is_decided_about_them(consultations):
    author = UserFactory()
    comment = comment_on(ConsultationPageFactory(), author=author)
    with pytest.raises(ProtectedError):
        author.delete()
    take_names_out(author, timezone.now())
    author.delete()
    (shown,), _tail = present(Comment.objects.page(comment.thread_id).rows, nested=True)
    assert shown.name == "Former member"
    assert shown.body
