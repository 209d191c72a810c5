"""A discussion as a feed reader reads it."""

import feedparser
import pytest

from consultations.discussion.actions import hide_comment, remove_comment
from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(consultations):
    return ConsultationPageFactory(slug="signs")


def read(client, page):
    answer = client.get(f"/feeds/consultations/{page.slug}/discussion/")
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def test_the_newest_comments_stand_first_and_lead_to_themselves(client, page):
    comments = [comment_on(page, body=f"Point {number}.", language="fr") for number in range(3)]
    entries = read(client, page).entries
    assert [each.summary for each in entries] == ["Point 2.", "Point 1.", "Point 0."]
    assert entries[0].title == "Comment: Point 2."
    assert entries[0].link == f"http://testserver/c/{comments[2].pk}"


def test_nobody_is_named_in_what_readers_keep(client, page):
    comment_on(page, author=UserFactory(name="Ana Ruizcanary"))
    assert "Ruizcanary" not in client.get("/feeds/consultations/signs/discussion/").content.decode()


def test_what_was_taken_back_or_hidden_is_gone(client, page, moderator):
    author = UserFactory()
    removed, hidden = (comment_on(page, author=author, body=f"{each}.") for each in ("One", "Two"))
    remove_comment(author=author, comment=removed)
    hide_comment(moderator=moderator, comment=hidden, reason="abuse")
    assert read(client, page).entries == []


def test_it_costs_the_same_for_many(client, page, django_assert_max_num_queries):
    for _each in range(6):
        comment_on(page)
    with django_assert_max_num_queries(6):
        read(client, page)


def test_there_is_none_where_nothing_is_discussed(client, consultations):
    ConsultationPageFactory(slug="quiet", discussion_enabled=False)
    ConsultationPageFactory(slug="later", scheduled=True)
    for slug in ("quiet", "later", "nothing"):
        answer = client.get(f"/feeds/consultations/{slug}/discussion/", follow=True)
        assert answer.status_code == 404
