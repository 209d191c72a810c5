"""“Was this guide useful?”: anybody can say it, and nothing is kept of who did."""

from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from knowledge.feedback.models import Feedback
from knowledge.feedback.statistics import by_guide, by_search
from portal.management.demo.feedback import load_feedback
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db
SAID = {"useful": "no", "text": "An example is missing."}
HOST = "http://testserver"


@pytest.fixture
def guide(site_tree):
    return GuidePageFactory(title="Plates")


@pytest.fixture
def form(guide):
    return f"{guide.url}useful/"


def test_a_reader_says_it_without_an_account_or_a_cookie(guide, form):
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(guide.url)
    assert f'action="{form}"' in page.content.decode()
    assert "Do not write names or anything about yourself." in page.content.decode()
    answer = browser.post(form, SAID, follow=True)
    assert answer.redirect_chain == [(f"{form}?sent=yes", 302)]
    assert not page.cookies
    assert not answer.cookies
    assert not browser.cookies
    said = Feedback.objects.get()
    assert (said.guide.pk, said.was_useful, said.text) == (guide.pk, False, SAID["text"])
    assert said.language == "en"


def test_of_when_only_the_day_is_kept(client, form):
    with time_machine.travel("2026-06-01T12:34:56Z"):
        client.post(form, SAID)
    kept = Feedback.objects.values().get()
    assert kept.pop("day") == date(2026, 6, 1)
    assert set(kept) == {"id", "guide_id", "language", "was_useful", "text", "words"}


def test_everybody_is_thanked_in_the_same_words(client, form):
    yes = client.post(form, {"useful": "yes"}, follow=True).content
    no = client.post(form, SAID, follow=True).content
    machine = client.post(form, SAID | {"website": "x"}, follow=True).content
    assert yes == no == machine
    assert Feedback.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"text": "An example. " * 100}, "1000"),
        ({"useful": ""}, "Choose yes or no."),
        ({"useful": "maybe"}, "Choose yes or no."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_the_text_is_kept(client, form, changed, error):
    answer = client.post(form, SAID | changed)
    assert answer.status_code == 422
    page = answer.content.decode().replace(",", "")
    assert error in page
    assert "An example" in page
    assert not Feedback.objects.exists()


@pytest.mark.usefixtures("one_minute")
def test_one_client_waits_after_many(client, form):
    answers = [client.post(form, SAID).status_code for _number in range(11)]
    assert answers == [302] * 10 + [429]
    assert Feedback.objects.count() == 10


@pytest.mark.parametrize(
    ("came_from", "words"),
    [
        (f"{HOST}/en/search/?q=End+Use", "end use"),
        (f"{HOST}/en/guides/?q=end+use&stage=transit", "end use"),
        (f"{HOST}/en/search/?q=lena%40people.example", ""),
        (f"{HOST}/en/search/?q=%2B32+470+12+34+56", ""),
        (f"{HOST}/en/guides/plates/?q=end+use", ""),
        ("https://search.example/en/search/?q=end+use", ""),
        ("http://[bad", ""),
        ("", ""),
    ],
)
def test_what_was_searched_for_comes_from_the_portal_s_own_search(client, guide, came_from, words):
    page = client.get(guide.url, headers={"Referer": came_from}).content.decode()
    assert f'name="words" value="{words}"' in page if words else 'name="words" value=' not in page
    assert ("what you searched for" in page) is bool(words)


def test_words_that_may_tell_of_a_person_are_dropped_when_they_are_sent(client, form):
    client.post(form, SAID | {"words": "lena@people.example"})
    client.post(form, SAID | {"words": "End  Use"})
    assert sorted(Feedback.objects.values_list("words", flat=True)) == ["", "end use"]


def test_a_guide_that_is_not_published_is_not_there(client, guide, form):
    guide.unpublish()
    assert client.post(form, SAID).status_code == 404
    assert client.get("/en/guides/none/useful/").status_code == 404


def test_a_guide_s_page_takes_no_query_for_it(client, guide, django_assert_max_num_queries):
    client.get(guide.url)
    with django_assert_max_num_queries(25):
        client.get(guide.url)


def said(guide, *, yes=0, no=0, words=""):
    Feedback.objects.bulk_create(
        Feedback(
            guide=guide, language="en", day=date(2026, 6, 1), was_useful=number < yes, words=words
        )
        for number in range(yes + no)
    )


def test_counts_below_five_are_kept_back(guide, django_assert_num_queries):
    said(guide, yes=5, no=4, words="end use")
    said(guide, yes=3, words="rare words")
    with django_assert_num_queries(2):
        (line,), (search,) = by_guide(), by_search()
    assert (line.useful, line.not_useful) == ("8", "fewer than 5")
    assert (search.name, search.useful, search.not_useful) == ("end use", "5", "fewer than 5")


def test_the_report_is_for_those_who_work_on_guides_and_narrows_by_owner(client, guide, editor):
    said(guide, yes=6)
    said(GuidePageFactory(title="Cameras", owner_unit="Cyber desk"), no=7)
    client.force_login(editor)
    page = client.get("/admin/reports/useful/").content.decode()
    assert "Plates" in page
    assert "Cameras" in page
    page = client.get("/admin/reports/useful/", {"owner": guide.unit_id}).content.decode()
    assert "Plates" in page
    assert "Cameras" not in page
    client.force_login(UserFactory(role="Moderators"))
    assert client.get("/admin/reports/useful/").status_code in (302, 403)


def test_editors_read_texts_and_delete_them(client, guide, form, editor):
    client.post(form, SAID)
    said(guide, yes=1)
    client.force_login(editor)
    page = client.get("/admin/feedback/").content.decode()
    assert "An example is missing." in page
    found = Feedback.objects.get(text=SAID["text"])
    client.post(f"/admin/feedback/delete/{found.pk}/")
    assert not Feedback.objects.filter(text=SAID["text"]).exists()


def test_it_is_erased_after_two_years(guide):
    said(guide, yes=1)
    with time_machine.travel("2028-06-01T12:00Z"):
        call_command("erase_old_feedback")
        assert Feedback.objects.count() == 1
    with time_machine.travel("2028-06-02T12:00Z"):
        call_command("erase_old_feedback")
        assert Feedback.objects.count() == 0


def test_the_demonstration_has_some(site_tree):
    from django.utils import timezone

    GuidePageFactory(slug="us-guidance-surveillance-due-diligence")
    load_feedback(timezone.now())
    assert Feedback.objects.filter(was_useful=True).count() == 16
