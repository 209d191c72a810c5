"""One comment after another in the admin: read whole, hidden with a reason, and taken back."""

from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from consultations.discussion import actions
from consultations.discussion.models import Comment, ModerationAct
from portal.stakeholders import roles
from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.factories import UserFactory


@pytest.fixture
def moderator(db):
    return UserFactory(role=roles.MODERATOR, name="First Moderator")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


@pytest.fixture
def consultation(consultations):
    return ConsultationPageFactory(title="Warning signs")


def address(comment, name="screen_comment", *more):
    return reverse(name, args=[comment.pk, *more])


def act(desk, comment, key, queue="", **data):
    query = f"?queue={queue}" if queue else ""
    return desk.post(address(comment, "act_on_comment", key) + query, data)


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def shown(answer):
    return urlsplit(answer["Location"]).path


def line(page):
    found = page.select_one(".desk-done")
    return found and " ".join(found.p.get_text().split())


def test_a_comment_is_read_whole_with_what_it_answers_and_its_earlier_wordings(desk, consultation):
    author = UserFactory()
    long = "word " * 900
    parent = comment_on(consultation, body="What do you mean?")
    comment = comment_on(consultation, author=author, body="First wording.", parent=parent)
    actions.edit_comment(author=author, comment=comment, body=long, language="en")
    page = soup(desk.get(address(comment)))
    text = page.select_one(".desk-text").get_text()
    for words in (long.strip(), "What do you mean?", "First wording."):
        assert words in text


def test_hiding_leads_to_the_next_and_is_undone_beside_what_was_done(desk, consultation):
    older, wrong = comment_on(consultation), comment_on(consultation, body="Buy this.")
    page = soup(desk.get(address(wrong)))
    assert page.select("#hide-reason input[checked]") == []
    assert page.select_one('[data-key="j"]')["href"] == address(older)
    answer = act(desk, wrong, "hide", "state%3Dshown", reason="spam", note="")
    assert shown(answer) == address(older)
    told = soup(desk.get(answer["Location"]))
    assert line(told) == f"Comment {wrong.pk} · Hidden · Advertising or spam"
    assert told.select_one('[data-key="l"]')["href"].endswith("/comments/?state=shown")
    undo = told.select_one('.desk-done [data-key="u"]').find_parent("form")
    undone = desk.post(undo["action"])
    assert shown(undone) == address(wrong)
    told = soup(desk.get(undone["Location"]))
    assert line(told) == f"Comment {wrong.pk} · Restored · Advertising or spam"
    assert told.select_one('.desk-done [data-key="u"]') is None
    assert not Comment.objects.get(pk=wrong.pk).is_hidden


def test_the_next_one_is_of_the_same_listing(desk, consultation):
    oldest = comment_on(consultation)
    comment_on(ConsultationPageFactory())
    hidden, newest = comment_on(consultation), comment_on(consultation)
    actions.hide_comment(moderator=UserFactory(role=roles.MODERATOR), comment=hidden, reason="spam")
    queue = f"thread={oldest.thread_id}"
    for query, following in ((queue, oldest), (f"{queue}&state=hidden", hidden)):
        page = soup(desk.get(address(newest), {"queue": query}))
        assert urlsplit(page.select_one('[data-key="j"]')["href"]).path == address(following)
    assert desk.get(address(newest), {"queue": "thread=x&state=%FF"}).status_code == 200


def test_the_last_one_stays_on_the_page_with_the_undo(desk, consultation):
    only = comment_on(consultation)
    answer = act(desk, only, "hide", reason="spam")
    assert shown(answer) == address(only)
    assert soup(desk.get(answer["Location"])).select_one('.desk-done [data-key="u"]')


def test_whoever_hides_second_is_told_who_did_and_keeps_their_words(desk, consultation):
    comment = comment_on(consultation)
    other = UserFactory(role=roles.MODERATOR, name="Second Moderator")
    actions.hide_comment(moderator=other, comment=comment, reason="abuse")
    answer = act(desk, comment, "hide", reason="spam", note="Typed words")
    assert answer.status_code == 422
    text = soup(answer).select_one(".desk-text").get_text()
    assert "Second Moderator: Hidden · Abuse or threats" in text
    assert "Typed words" in text
    assert ModerationAct.objects.count() == 1


def test_what_its_author_changed_meanwhile_is_read_first(desk, consultation):
    author = UserFactory()
    comment = comment_on(consultation, author=author)
    seen = soup(desk.get(address(comment))).select_one("input[name=seen]")["value"]
    actions.edit_comment(author=author, comment=comment, body="Sorry, all mended.", language="en")
    answer = act(desk, comment, "hide", reason="abuse", note="Typed words", seen=seen)
    assert answer.status_code == 422
    assert "Its author changed the comment" in answer.content.decode()
    now = soup(answer).select_one(".desk-act[open] input[name=seen]")["value"]
    assert "Typed words" in soup(answer).select_one(".desk-act[open] textarea").get_text()
    assert act(desk, comment, "hide", reason="abuse", seen=now).status_code == 302


def test_a_reason_that_is_missing_keeps_what_was_typed(desk, consultation):
    comment = comment_on(consultation)
    answer = act(desk, comment, "hide", note="Typed words")
    assert answer.status_code == 422
    assert soup(answer).select_one(".desk-act[open] textarea").get_text().strip() == "Typed words"
    assert not ModerationAct.objects.exists()


def test_nobody_of_the_consulting_body_hides_and_no_author_shows_again(client, consultation):
    of_host = UserFactory(role=roles.MODERATOR, organisation=consultation.host)
    comment = comment_on(consultation)
    client.force_login(of_host)
    assert soup(client.get(address(comment))).select(".desk-bar form") == []
    assert act(client, comment, "hide", reason="spam").status_code in (302, 403)
    assert not Comment.objects.get(pk=comment.pk).is_hidden
    moderator = UserFactory(role=roles.MODERATOR)
    actions.hide_comment(moderator=moderator, comment=comment, reason="spam", note="Secret note")
    hidden = client.get(address(comment)).content.decode()
    for words in (comment.body, comment.author_name, "Secret note"):
        assert words not in hidden, "those of the consulting body do not read what was hidden"
    reply = comment_on(consultation)
    Comment.objects.filter(pk=reply.pk).update(parent=comment)
    assert comment.author_name not in client.get(address(reply)).content.decode()


def test_what_is_not_there_or_not_for_them_is_refused(desk, client, consultation):
    comment = comment_on(consultation)
    gone = comment_on(consultation, author=(author := UserFactory()))
    actions.remove_comment(author=author, comment=gone)
    assert "Removed by its author" in soup(desk.get(address(gone))).get_text()
    assert act(desk, gone, "hide", reason="spam").status_code == 422
    burnt = act(desk, comment, "burn")  # what is not found is looked for under a language as well
    assert desk.get(burnt["Location"]).status_code == 404
    assert not ModerationAct.objects.exists()
    assert desk.get(address(comment, "act_on_comment", "hide")).url == address(comment)
    for nonsense in ("x", "9" * 40, "0"):
        assert line(soup(desk.get(address(comment), {"done": nonsense}))) is None
    client.force_login(UserFactory(role=roles.EDITOR))
    assert client.get(address(comment)).status_code in (302, 403)
