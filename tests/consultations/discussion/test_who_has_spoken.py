"""What a page of the thread tells about the whole: who has spoken, how much follows, which page."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.discussion.actions import hide_comment
from consultations.discussion.models import Comment
from consultations.discussion.threads import figures
from portal.stakeholders.roles import ADMINISTRATOR
from tests.consultations.factories import ConsultationPageFactory, build_thread, comment_on
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation(consultations):
    return ConsultationPageFactory(title="Risk indicators")


@pytest.fixture
def desk(consultation):
    return UserFactory(name="Desk", submitter_type="government", organisation=consultation.host)


@pytest.fixture
def branch(consultation, desk):
    """A comment with two replies, of which one is official, and a reply to the other."""
    first = comment_on(consultation, author=UserFactory(name="Ana", submitter_type="academia"))
    second = comment_on(
        consultation, parent=first, author=UserFactory(name="Ben", submitter_type="company")
    )
    third = comment_on(
        consultation, parent=second, author=UserFactory(name="Cem", submitter_type="company")
    )
    answer = comment_on(consultation, parent=first, author=desk, official=True)
    return first, second, third, answer


@pytest.fixture
def read(client, consultation):
    def read(query=""):
        response = client.get(reverse("discussion:thread", args=[consultation.slug]) + query)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return read


def text(element) -> str:
    return " ".join(element.get_text().split())


def spoken(soup) -> dict[str, str]:
    rows = [text(each).rsplit(" ", 1) for each in soup.select("ul.bars > li")]
    return dict(rows)


def test_what_follows_below_a_comment_is_counted(read, branch):
    told = [text(each) for each in read().select("details.replies > summary")]
    assert told == [
        "Replies to Ana: 3 replies 2 groups · 1 official answer",
        "Replies to Ben: 1 reply",
    ]


def test_a_hidden_reply_counts_as_a_reply_and_of_no_group(read, branch):
    hide_comment(moderator=UserFactory(role=ADMINISTRATOR), comment=branch[3], reason="off-topic")
    assert text(read().select_one("details.replies > summary")) == "Replies to Ana: 3 replies"


def test_where_the_page_ends_within_a_branch_only_the_page_is_counted(read, consultation):
    first = comment_on(consultation)
    for _ in range(10):
        others = [comment_on(consultation, parent=first) for _ in range(10)]
    assert others
    head = text(read().select_one("details.replies > summary"))
    assert "99 replies on this page" in head


def test_one_reads_whom_a_comment_answers_where_that_does_not_stand_above_it(read, branch):
    first, second, third, answer = branch
    soup = read()

    def reply_link(comment):
        return soup.select_one(f"#c-{comment.pk} .comment__meta a[href^='#c-']")

    assert reply_link(second) is reply_link(third) is None
    assert reply_link(answer)["href"] == f"#c-{first.pk}"
    assert "In reply to Ana" in text(soup.select_one(f"#c-{second.pk}"))
    flat = read("?order=newest").select_one(f"#c-{third.pk} .comment__meta a[href^='#c-']")
    assert flat["href"] == f"#c-{second.pk}"


def test_who_has_spoken_stands_beside_the_list_and_narrows_it(read, branch):
    soup = read()
    assert text(soup.h1) == "Discussion"
    assert text(soup.select_one("#comments-title")) == "4 comments"
    assert spoken(soup) == {
        "Industry": "2",
        "Academia": "1",
        "Government": "1",
        "Official answers": "1",
    }
    links = {text(each): each["href"] for each in soup.select("ul.bars a")}
    narrowed = read(links["Industry"].removesuffix("#comments"))
    assert text(narrowed.select_one("#comments-title")) == "2 comments"
    assert len(narrowed.select("article.comment")) == 2
    assert text(narrowed.select_one("ul.bars [aria-current]")) == "Industry"
    official = read(links["Official answers"].removesuffix("#comments"))
    assert [each["id"] for each in official.select("article.comment")] == [f"c-{branch[3].pk}"]
    everything = next(each for each in official("a") if "Show all comments" in each)
    assert everything["href"] == "?#comments"


def test_an_unknown_choice_of_official_answers_is_not_found(client, consultation):
    url = reverse("discussion:thread", args=[consultation.slug])
    assert client.get(f"{url}?official=perhaps").status_code == 404


def test_pages_are_numbered_and_open_at_the_comments(read, consultation):
    build_thread(consultation, 230)
    soup, told = read(), []
    while True:
        told.append(text(soup.select_one(".pager__position")))
        onwards = soup.select_one(".pager__link--next")
        if onwards is None:
            break
        query, _, fragment = onwards["href"].partition("#")
        assert soup.find(id=fragment)
        soup = read(query)
    assert told == ["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]


def test_large_counts_end_where_nobody_counts_by_hand(read, consultation, branch, monkeypatch):
    monkeypatch.setattr(figures, "MOST_OF_GROUP", 2)
    assert spoken(read())["Industry"] == "2+"


@pytest.mark.parametrize("newest", [False, True])
@pytest.mark.parametrize(("group", "official"), [("", False), ("academia", False), ("", True)])
def test_counting_walks_an_index_and_not_the_thread(consultation, branch, newest, group, official):
    build_thread(consultation, 60)
    rows = Comment.objects.page(consultation.thread.pk, newest=newest).rows
    with CaptureQueriesContext(connection) as captured:
        figures.figures_of(
            consultation.thread.pk, rows, newest=newest, group=group, official=official
        )
    [query] = captured
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plan = [row[3] for row in cursor.fetchall() if "discussion_comment" in row[3]]
        assert plan
        assert all("COVERING INDEX" in each or "comment_official" in each for each in plan), plan
