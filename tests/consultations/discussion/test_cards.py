"""What the search says of comments once their consultation has changed."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from consultations.calls.models import ConsultationIndexPage, ConsultationPage
from consultations.discussion.actions import hide_comment
from consultations.discussion.cards import refresh_cards_of
from consultations.discussion.models import Comment
from portal.search.engines import get_engine
from portal.search.models import Card, OutboxRow
from portal.search.query import SearchQuery
from tests.consultations.factories import ConsultationPageFactory, build_thread, comment_on
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation(consultations):
    return ConsultationPageFactory(title="Draft guidelines")


def publish(consultation, **changed):
    """What an official does: change, save as a draft, publish."""
    page = ConsultationPage.objects.get(pk=consultation.pk)
    for name, value in changed.items():
        setattr(page, name, value)
    page.save_revision().publish()


def found(**filters):
    query = SearchQuery("intermediaries", filters={"kind": ["comment"], **filters})
    return [(hit.key, str(hit.title)) for hit in get_engine().search(query).hits]


def test_a_new_name_heads_all_comments_once_it_is_published(consultation):
    first, second = (
        comment_on(consultation, body=f"Intermediaries, {number}.") for number in (1, 2)
    )
    page = ConsultationPage.objects.get(pk=consultation.pk)
    page.title = "Final guidelines"
    page.save_revision()
    assert {title for _, title in found()} == {"Comment on Draft guidelines"}
    publish(consultation, title="Final guidelines")
    assert dict(found()) == {
        str(first.pk): "Comment on Final guidelines",
        str(second.pk): "Comment on Final guidelines",
    }


def test_comments_of_other_consultations_keep_their_heading(consultation):
    comment_on(ConsultationPageFactory(title="Another"), body="Intermediaries.")
    publish(consultation, title="Final guidelines")
    assert [title for _, title in found()] == ["Comment on Another"]


def test_a_hidden_comment_stays_out_of_the_search(consultation, moderator):
    comment = comment_on(consultation, body="Intermediaries.")
    hide_comment(moderator=moderator, comment=comment, reason="unlawful")
    publish(consultation, title="Final guidelines", commitments=["capacity"])
    assert found() == []


def test_comments_are_found_under_what_the_consultation_concerns_now(consultation):
    comment = comment_on(consultation, body="Intermediaries.")
    publish(consultation, commitments=["capacity"])
    assert found(commitment=["licensing"]) == []
    assert [key for key, _ in found(commitment=["capacity"])] == [str(comment.pk)]


def test_elasticsearch_hears_of_each_comment_that_has_a_new_heading(consultation, settings):
    comment = comment_on(consultation)
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:1"]
    publish(consultation, summary="Only this is new.")
    assert not OutboxRow.objects.filter(kind="comment").exists()
    publish(consultation, title="Final guidelines")
    assert [row.key for row in OutboxRow.objects.filter(kind="comment")] == [str(comment.pk)]


def test_a_new_name_takes_as_many_statements_for_many_comments(consultation):
    def statements(title):
        consultation.title = title
        with CaptureQueriesContext(connection) as captured:
            refresh_cards_of(consultation)
        return len(captured)

    comment_on(consultation)
    few = statements("One")
    build_thread(consultation, 300)
    refresh_cards_of(consultation)
    assert Card.objects.filter(kind="comment").count() == 301
    assert statements("Other") == few <= 9
    assert not Card.objects.filter(kind="comment").exclude(context="Comment on Other").exists()


def test_moved_to_where_not_everybody_may_read_takes_the_comments_along(consultation):
    comment_on(consultation, body="Intermediaries.")
    home = ConsultationIndexPage.objects.get().get_parent()
    closed = Page.get_first_root_node().add_child(instance=Page(title="Closed", slug="closed"))
    closed.view_restrictions.create(restriction_type="login")
    ConsultationIndexPage.objects.get().move(closed, pos="last-child")
    assert found() == []
    ConsultationIndexPage.objects.get().move(home, pos="last-child")
    assert len(found()) == 1


def facts_found(client):
    """What the search page says of the one comment that it finds."""
    page = client.get("/en/search/", {"q": "intermediaries", "kind": "comment"}).content.decode()
    [hit] = BeautifulSoup(page, "html.parser").select("ol.teasers > li")
    return [each.get_text(" ", strip=True) for each in hit.select(".teaser__meta > li")]


def test_a_comment_is_found_with_who_wrote_it_as_posted(consultation, client):
    author = UserFactory(name="Ana <Ruiz>", submitter_type="civil-society")
    comment = comment_on(consultation, author=author, body="Intermediaries.")
    author.name = "Another"
    author.save()
    assert facts_found(client)[:2] == ["Ana <Ruiz>", "Civil society"]
    # A name that was taken back is gone at once: the index holds none.
    Comment.objects.filter(pk=comment.pk).update(author_name="")
    assert facts_found(client)[0] == "Former member"
    Comment.objects.filter(pk=comment.pk).update(hidden_at=comment.created_at)
    assert facts_found(client)[0] == "Civil society", "of what is hidden nobody is named"
