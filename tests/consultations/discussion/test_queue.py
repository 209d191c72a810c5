"""The queue of comments in the admin: whole texts, pages, search, and acting on several."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.discussion import actions
from consultations.discussion.admin_views import comments
from consultations.discussion.models import Comment
from tests.consultations.factories import ConsultationPageFactory, build_thread, comment_on
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

QUEUE = "moderate_comments"


@pytest.fixture
def consultation(consultations):
    return ConsultationPageFactory(title="Risk indicators")


@pytest.fixture
def desk(client, moderator):
    client.force_login(moderator)
    return client


def listed(desk, **asked):
    answer = desk.get(reverse(QUEUE), asked)
    assert answer.status_code == 200
    return [row.pk for row in answer.context["object_list"]]


def several(key):
    return reverse("moderate_several_comments", args=[key])


def hide(moderator, comment, **values):
    return actions.hide_comment(moderator=moderator, comment=comment, reason="spam", **values)


def test_it_shows_whole_texts_and_is_for_moderators(client, desk, member, consultation):
    words = "Ask who operates it. " * 60 + "And who pays."
    comment = comment_on(consultation, body=words)
    html = desk.get(reverse(QUEUE)).content.decode()
    assert "And who pays." in html
    assert f"{several('hide')}?comment={comment.pk}" in html
    client.force_login(member)
    for address in (reverse(QUEUE), several("hide"), reverse("moderate_comments_read")):
        assert client.get(address).status_code in (302, 403, 405)
    assert client.post(reverse("moderate_comments_read")).status_code in (302, 403)


def test_it_is_narrowed_by_status_and_consultation(desk, moderator, consultation):
    shown, hidden, removed = (comment_on(consultation) for _ in range(3))
    elsewhere = comment_on(ConsultationPageFactory(title="Another"))
    hide(moderator, hidden)
    actions.remove_comment(author=removed.author, comment=removed)
    assert listed(desk) == [elsewhere.pk, removed.pk, hidden.pk, shown.pk]
    assert listed(desk, state="shown") == [elsewhere.pk, shown.pk]
    assert listed(desk, state="hidden") == [hidden.pk]
    assert listed(desk, state="removed") == [removed.pk]
    assert listed(desk, thread=elsewhere.thread_id) == [elsewhere.pk]


def test_pages_are_read_on_and_back(desk, consultation, monkeypatch):
    monkeypatch.setattr(comments, "PAGE_SIZE", 3)
    build_thread(consultation, 8)
    every = list(Comment.objects.order_by("-pk").values_list("pk", flat=True))
    context = desk.get(reverse(QUEUE)).context
    seen = [row.pk for row in context["object_list"]]
    assert context["pages"]["previous"] == ""
    while context["pages"]["next"]:
        context = desk.get(context["pages"]["next"]).context
        seen += [row.pk for row in context["object_list"]]
    assert seen == every
    last = listed(desk, last="1")
    assert last == every[-3:]
    assert listed(desk, before=last[0]) == every[2:5]
    for wrong in ("x", "9" * 30, "-1", "\u0663"):
        assert listed(desk, after=wrong) == every[:3]
    assert listed(desk, after="0") == every[-3:], "what stood there is gone"


def test_a_comment_is_found_by_words_speaker_note_and_number(desk, moderator, consultation):
    ana = UserFactory(name="Ana Ruiz", affiliation="Rights Watch Example")
    spoken = comment_on(consultation, author=ana, body="The spectrometer went abroad.")
    bo = UserFactory(name="Bo Lind")  # no number that a comment could have
    hidden = comment_on(consultation, author=bo, body="Buy our lenses.")
    other = comment_on(consultation, author=bo, body="Nothing to say.")
    hide(moderator, hidden, note="The same as last week, see ticket Zebra.")
    assert listed(desk, q="spectrometer") == [spoken.pk]
    assert listed(desk, q="ABROAD spectro") == [spoken.pk]
    assert listed(desk, q="ruiz") == [spoken.pk]
    assert listed(desk, q="rights watch") == [spoken.pk]
    assert listed(desk, q="lenses") == [hidden.pk]
    assert listed(desk, q="zebra") == [hidden.pk]
    assert listed(desk, q=str(other.pk)) == [other.pk]
    assert listed(desk, q="lenses", state="shown") == []
    assert listed(desk, q="no-such-word") == []
    assert listed(desk, q="\"' OR * (") == []


def test_what_is_hidden_is_not_found_by_those_of_the_consulting_body(client, moderator):
    host = OrganisationFactory()
    page = ConsultationPageFactory(host=host)
    comment = hide(moderator, comment_on(page, body="A secret of somebody."))
    of_host = UserFactory(role="Moderators", organisation=host)
    client.force_login(of_host)
    assert listed(client, q="secret") == []
    html = client.get(reverse(QUEUE)).content.decode()
    assert "A secret" not in html
    assert f"{several('restore')}?comment={comment.pk}" not in html


def test_what_an_author_removed_is_found_by_nothing(desk, consultation):
    ana = UserFactory(name="Ana Ruiz")
    comment = comment_on(consultation, author=ana, body="The spectrometer.")
    actions.remove_comment(author=ana, comment=comment)
    assert listed(desk, q="spectrometer") == []
    assert listed(desk, q="ruiz") == []


def test_one_hides_several_and_comes_back_to_the_filters(desk, moderator, consultation):
    first, second, gone = (comment_on(consultation) for _ in range(3))
    filters = f"state=shown&thread={first.thread_id}"
    asked = desk.get(several("hide"), {"comment": [first.pk, second.pk], "queue": filters})
    assert [row.pk for row in asked.context["fitting"]] == [second.pk, first.pk]
    sent = [f"{each.pk}:{each.record_leaf[:16]}" for each in (first, second, gone)]
    without = desk.post(several("hide"), {"comment": sent, "note": "Kept words"})
    assert without.status_code == 422
    assert "Kept words" in without.content.decode()
    actions.edit_comment(author=second.author, comment=second, body="Other words.", language="en")
    actions.remove_comment(author=gone.author, comment=gone)
    done = desk.post(
        several("hide"), {"comment": sent, "reason": "spam", "queue": filters}, follow=True
    )
    assert done.redirect_chain[0][0] == f"{reverse(QUEUE)}?{filters}"
    html = done.content.decode()
    assert "1 comment hidden." in html
    assert "2 comments were left as they are:" in html
    assert f"Comment {second.pk}: Its author changed it" in html
    assert f"Comment {gone.pk}: " in html
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_hidden, second.is_hidden) == (True, False)


def test_all_of_the_page_or_all_that_is_found_are_chosen(desk, consultation, monkeypatch):
    monkeypatch.setattr(comments, "PAGE_SIZE", 3)
    build_thread(consultation, 8)
    shown = listed(desk)
    page = desk.get(several("hide"), {"all": "page", "shown": shown})
    assert [row.pk for row in page.context["fitting"]] == shown
    found = desk.get(several("hide"), {"all": "found", "queue": "state=shown"})
    assert len(found.context["fitting"]) == 8
    assert "All 8 that are found" in desk.get(reverse(QUEUE)).content.decode()
    assert desk.get(several("hide")).status_code == 302
    assert desk.get(several("burn"), follow=True).status_code == 404


def test_what_is_read_is_marked_and_what_comes_later_is_new(desk, consultation):
    first = comment_on(consultation)
    newest = desk.get(reverse(QUEUE)).context["newest"]
    desk.post(reverse("moderate_comments_read"), {"newest": newest})
    second = comment_on(consultation)
    assert listed(desk, new="yes") == [second.pk]
    assert listed(desk, new="no") == [first.pk]
    for wrong in ("x", "9" * 40, "1"):
        desk.post(reverse("moderate_comments_read"), {"newest": wrong})
    assert listed(desk, new="yes") == [second.pk], "never fewer than before"
    desk.post(reverse("moderate_comments_read"), {"newest": str(2**62)})
    assert comment_on(consultation).pk in listed(desk, new="yes"), "nor what is to come"


def test_the_number_of_queries_does_not_grow_with_comments(desk, moderator, consultation):
    def asked(**filters):
        with CaptureQueriesContext(connection) as queries:
            listed(desk, **filters)
        return len(queries)

    filters = [{}, {"state": "hidden"}, {"q": "agree"}, {"last": "1"}]
    hide(moderator, comment_on(consultation))
    comment_on(consultation)
    listed(desk)
    few = [asked(**each) for each in filters]
    build_thread(consultation, 60)
    hide(moderator, comment_on(consultation), note="A note")
    comment_on(ConsultationPageFactory(title="Another"))
    # one more counts what is on other pages
    assert all(
        now <= before + 1
        for now, before in zip([asked(**each) for each in filters], few, strict=True)
    )
