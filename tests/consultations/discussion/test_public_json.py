"""The public JSON of one comment: its words with what checks them, or that there are none."""

import pytest
from django.urls import reverse

from consultations.discussion.actions import (
    edit_comment,
    hide_comment,
    remove_comment,
    restore_comment,
)
from portal.record import verify
from tests.consultations.factories import ConsultationPageFactory, comment_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(consultations):
    return comment_on(ConsultationPageFactory(), body="A canary's first wording.")


def told_of(client, comment, status=200):
    answer = client.get(reverse("comment_as_recorded", args=[comment.pk]))
    assert answer.status_code == status
    if status == 200:
        assert answer["X-Robots-Tag"] == "noindex"
        return answer.json()
    return None


def place_of(comment):
    return reverse("discussion:thread", args=[comment.thread.consultation.slug])


def test_the_words_are_those_of_the_entry(client, comment):
    told = told_of(client, comment)
    assert told["format"] == "code-in-practice/public/1"
    assert told["leaf"] == comment.record_leaf
    assert verify.check_held(told, None)
    assert told["content"]["body"] == comment.body


def test_of_an_edited_comment_the_present_words_are_told(client, comment):
    first = told_of(client, comment)
    edit_comment(author=comment.author, comment=comment, body="Another wording.", language="en")
    told = told_of(client, comment)
    assert told["content"]["body"] == "Another wording."
    assert told["statement"]["follows"] == first["leaf"]
    assert verify.check_held(told, None)


def test_of_a_hidden_comment_the_act_is_told_and_no_word(client, comment, moderator):
    hide_comment(moderator=moderator, comment=comment, reason="abuse", note="Only for moderators.")
    answer = client.get(reverse("comment_as_recorded", args=[comment.pk]))
    for word in ("canary", "Only for", comment.author.name):
        assert word not in answer.content.decode()
    told = answer.json()
    assert told["content"] is None
    assert told["statement"]["kind"] == "comment.hidden"
    assert (told["statement"]["comment"], told["statement"]["reason"]) == (comment.pk, "abuse")
    assert verify.check_held(told, None)
    restore_comment(moderator=moderator, comment=comment)
    assert told_of(client, comment)["content"]["body"] == comment.body


def test_of_a_removed_comment_the_removal_is_told_and_no_word(client, comment):
    author = comment.author
    remove_comment(author=author, comment=comment)
    answer = client.get(reverse("comment_as_recorded", args=[comment.pk]))
    for word in ("canary", author.name):
        assert word not in answer.content.decode()
    told = answer.json()
    assert told["content"] is None
    assert told["statement"]["because"] == "removed by its author"
    assert verify.check_held(told, None)


def test_of_a_hidden_comment_that_its_author_removed_the_hiding_is_told(client, comment, moderator):
    hide_comment(moderator=moderator, comment=comment, reason="abuse")
    hidden = told_of(client, comment)
    remove_comment(author=comment.author, comment=comment)
    told = told_of(client, comment)
    assert (hidden.pop("standing"), told.pop("standing")) == ("hidden", "removed")
    assert told == hidden, "the removal is not open: nobody learns which hash was whose"
    assert told["content"] is None
    assert verify.check_held(told, None)
    assert "Removed by its author" in client.get(place_of(comment)).content.decode()


def test_the_page_and_the_json_say_the_same_of_a_comment(client, comment, moderator):
    """Hidden and then removed, the page said removed and the JSON said hidden."""
    words = {"hidden": "Hidden by a moderator", "removed": "Removed by its author"}

    def standing():
        page = client.get(place_of(comment)).content.decode()
        said = {key for key, each in words.items() if each in page} or {"shown"}
        assert said == {told_of(client, comment)["standing"]}
        return said.pop()

    assert standing() == "shown"
    hide_comment(moderator=moderator, comment=comment, reason="abuse")
    assert standing() == "hidden"
    remove_comment(author=comment.author, comment=comment)
    assert standing() == "removed"


def test_who_spoke_is_told_with_the_words(client, comment):
    told = told_of(client, comment)
    assert told["statement"]["content"] == 2
    assert told["content"]["name"] == comment.author.name


def test_moderators_are_told_no_more_there(client, comment, moderator):
    hide_comment(moderator=moderator, comment=comment, reason="abuse")
    client.force_login(moderator)
    assert told_of(client, comment)["content"] is None


def test_of_a_consultation_that_is_not_published_nothing_is_told(client, comment):
    comment.thread.consultation.unpublish()
    told_of(client, comment, 404)


def test_a_comment_that_is_not_there(client, site_tree):
    for path in ("/c/999999.json", "/c/-1.json", "/c/x.json"):
        assert client.get(path).status_code == 404
    assert client.get(f"/c/{'9' * 30}.json").status_code == 404
