"""Keeping, changing and deleting searches, as somebody in front of a browser does it."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from portal.saved_searches.models import SavedSearch
from portal.saved_searches.permissions import MOST
from portal.stakeholders import roles
from tests.factories import UserFactory
from tests.portal.saved_searches.factories import saved
from tests.portal.search.factories import put_card

pytestmark = pytest.mark.django_db

LIST = "/en/accounts/searches/"
SAVE = f"{LIST}save/"
QUERY = "commitment=licensing&sort=title&page=3&q=end+use&commitment=due-diligence"
CANONICAL = "q=end+use&commitment=due-diligence&commitment=licensing"


@pytest.fixture
def browser(member) -> Client:
    browser = Client()
    browser.force_login(member)
    return browser


def test_a_search_is_named_and_kept(browser, member):
    step = browser.post(SAVE, {"query": QUERY, "language": "en"}, follow=True)
    page = step.content.decode()
    assert 'value="end use · Due diligence' in page
    assert SavedSearch.objects.count() == 0
    data = {"query": QUERY, "name": "My checks", "frequency": "daily", "language": "en"}
    page = browser.post(SAVE, data, follow=True)
    assert page.redirect_chain == [(LIST, 302)]
    text = page.content.decode()
    for shown in ("The search is saved.", "My checks", "end use", "Due diligence", "Every day"):
        assert shown in text
    assert f"/en/search/?{CANONICAL}&sort=newest".replace("&", "&amp;") in text
    assert f"/feeds/search/?lang=en&{CANONICAL}".replace("&", "&amp;") in text
    kept = SavedSearch.objects.get()
    assert (kept.owner, kept.query, kept.frequency) == (member, CANONICAL, "daily")


def test_the_search_page_leads_here(browser):
    put_card("Surveillance", facets={"commitment": ["due-diligence"]})
    page = browser.get("/en/search/", {"q": "surveillance", "commitment": "due-diligence"})
    link = re.search(rf'href="({SAVE}[^"]*)"', page.content.decode())[1]
    step = browser.get(html.unescape(link)).content.decode()
    assert '<input type="hidden" name="query" value="q=surveillance&amp;commitment=due' in step


def test_signing_in_on_the_way_loses_nothing(member):
    member.set_password("long-and-unguessable")
    member.save()
    browser = Client()
    data = {"query": QUERY, "name": "Mine", "frequency": "none", "language": "en"}
    answer = browser.post(SAVE, data)
    assert answer.status_code == 302
    assert answer.url.startswith("/en/accounts/login/?next=")
    next_page = browser.get(answer.url).context["redirect_field_value"]
    login = {"login": member.email, "password": "long-and-unguessable", "next": next_page}
    page = browser.post("/en/accounts/login/", login, follow=True).content.decode()
    assert 'value="Mine"' in page
    assert "end use" in page
    assert "Due diligence" in page
    assert 'value="none" checked' in page


def test_what_an_address_asks_that_we_do_not_know_is_told(browser):
    query = "q=x1&commitment=nonsense&state=%00&year=abcd&kind=guide"
    page = browser.get(SAVE, {"query": query}).content.decode()
    assert "“nonsense” is not a choice under" in page
    browser.post(SAVE, {"query": query, "name": "n", "frequency": "none", "language": "en"})
    assert SavedSearch.objects.get().query == "q=x1&kind=guide"


def test_the_same_is_kept_once(browser, member):
    kept = saved(member, CANONICAL, name="First")
    data = {"query": QUERY, "name": "Second", "frequency": "none", "language": "en"}
    page = browser.post(SAVE, data, follow=True)
    assert page.redirect_chain == [(f"{LIST}{kept.pk}/", 302)]
    assert "You have saved this search before" in page.content.decode()
    assert SavedSearch.objects.get().name == "First"


def test_others_may_keep_the_same(browser):
    saved(UserFactory(), CANONICAL)
    data = {"query": QUERY, "name": "Mine too", "frequency": "none", "language": "en"}
    browser.post(SAVE, data)
    assert SavedSearch.objects.count() == 2


def test_there_is_an_end_to_it(browser, member):
    for number in range(MOST):
        saved(member, f"q=word{number}")
    data = {"query": QUERY, "name": "One more", "frequency": "none", "language": "en"}
    page = browser.post(SAVE, data).content.decode()
    assert "You keep 50 searches already. Delete one first." in page
    assert 'value="One more"' in page
    assert SavedSearch.objects.count() == MOST


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": " \x0b\u2028 "}, "Enter a name for this search."),
        ({"name": "x" * 101}, "at most 100 characters"),
        ({"frequency": ""}, "Choose how often you want mail."),
        ({"frequency": "hourly"}, "hourly is not one of the available choices"),
        ({"query": "q=-spyware"}, "this one would never find anything"),
        (
            {"query": "q=" + "%E7%9B%A3" * 400 + "".join(f"&year={n}" for n in range(1950, 2000))},
            "too many",
        ),
    ],
)
def test_a_mistake_is_said_where_it_was_made_and_what_was_typed_stays(browser, changes, error):
    data = {"query": QUERY, "name": "Typed", "frequency": "daily", "language": "en", **changes}
    page = browser.post(SAVE, data)
    text = page.content.decode()
    assert page.status_code == 200
    assert error in text
    assert "<title>Error: " in text
    assert SavedSearch.objects.count() == 0


def test_a_name_is_one_line(browser):
    name = "Cameras\n\nGuide, 1 May 2026\nhttps://evil.example"
    browser.post(SAVE, {"query": "q=a1", "name": name, "frequency": "none", "language": "en"})
    assert SavedSearch.objects.get().name == name.replace("\n\n", " ").replace("\n", " ")


def test_it_is_changed(browser, member):
    kept = saved(member, CANONICAL)
    page = browser.get(f"{LIST}{kept.pk}/").content.decode()
    assert 'value="Cameras"' in page
    data = {"name": "Other", "frequency": "weekly", "language": "en", "query": "q=other"}
    page = browser.post(f"{LIST}{kept.pk}/", data, follow=True).content.decode()
    assert "Your changes are saved." in page
    kept.refresh_from_db()
    assert (kept.name, kept.frequency, kept.query) == ("Other", "weekly", CANONICAL)


def test_it_is_deleted_once_that_is_confirmed(browser, member):
    kept = saved(member)
    page = browser.get(f"{LIST}{kept.pk}/delete/").content.decode()
    assert "Cameras" in page
    assert SavedSearch.objects.count() == 1
    page = browser.post(f"{LIST}{kept.pk}/delete/", follow=True).content.decode()
    assert "The search is deleted." in page
    assert SavedSearch.objects.count() == 0


# Session, person, searches; and two for the site's navigation.
LIST_COSTS = 5


def test_a_list_costs_the_same_however_long(browser, member, django_assert_num_queries):
    saved(member, "q=w&state=FR&kind=guide")
    browser.get(LIST)
    with django_assert_num_queries(LIST_COSTS):
        browser.get(LIST)
    for number in range(20):
        saved(member, f"q=word{number}&state=FR&commitment=licensing")
    with django_assert_num_queries(LIST_COSTS):
        page = browser.get(LIST).content.decode()
    assert page.count("France") == 21


EVERYBODY = ["anonymous", "owner", "member", *roles.ROLES, "superuser"]


def browser_of(role: str, owner) -> Client:
    browser = Client(raise_request_exception=False)
    if role == "owner":
        browser.force_login(owner)
    elif role == "superuser":
        browser.force_login(UserFactory(is_superuser=True, is_staff=True))
    elif role == "member":
        browser.force_login(UserFactory())
    elif role != "anonymous":
        browser.force_login(UserFactory(role=role))
    return browser


@pytest.mark.parametrize("role", EVERYBODY)
def test_nobody_but_its_owner_reaches_a_search(role, member):
    kept = saved(member, CANONICAL, name="Secretname")
    before = list(SavedSearch.objects.values())
    browser = browser_of(role, member)
    own = [f"{LIST}{kept.pk}/", f"{LIST}{kept.pk}/delete/"]
    for address in own:
        expected = {"owner": 200, "anonymous": 302}.get(role, 404)
        answer = browser.get(address)
        assert answer.status_code == expected, address
        assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
        if role != "owner":
            data = {"name": "Taken", "frequency": "none", "language": "en"}
            assert browser.post(address, data).status_code == expected
            assert browser.get(f"{LIST}999999999/").status_code == expected
    answer = browser.get(LIST)
    assert answer.status_code == (302 if role == "anonymous" else 200)
    assert ("Secretname" in answer.content.decode()) == (role == "owner")
    assert list(SavedSearch.objects.values()) == before


def test_the_account_page_links_to_the_list(browser):
    assert f'href="{LIST}"' in browser.get(reverse("account_overview")).content.decode()


HOSTILE = "<img src=x onerror=alert(1)>\"'{{7*7}}"


def test_markup_that_people_type_is_shown_as_typed(browser, member):
    kept = saved(member, "q=%3Cimg+src%3Dx%3E", name=HOSTILE)
    for address in (LIST, f"{LIST}{kept.pk}/", f"{LIST}{kept.pk}/delete/"):
        page = browser.get(address).content.decode()
        assert "<img src=x" not in page, address
        assert ">49<" not in page
    page = browser.get(SAVE, {"query": f"q=a1+{HOSTILE}&commitment={HOSTILE}", "name": HOSTILE})
    assert "<img src=x" not in page.content.decode()


ODD = ["", "\0", "?", "&&&", "=", "q", "%", "%ff%fe", "q=%00", "q=%ED%A0%80", "page=x", "page=-1"]


@pytest.mark.parametrize(
    "query", [*ODD, "q=" + "\U0001f4f7" * 3000, "&".join(["kind=guide"] * 990)]
)
def test_whatever_stands_in_an_address_is_answered(browser, query):
    for name in ("\0", "x" * 100_000, "\u202e", "[]", "Plain"):
        data = {"query": query, "name": name, "frequency": "\0", "language": "\0"}
        assert browser.get(SAVE, data).status_code < 500
        assert browser.post(SAVE, data).status_code < 500
    data = {"query": query, "name": "Plain", "frequency": "none", "language": "en"}
    assert browser.post(SAVE, data).status_code < 500
    assert browser.get(LIST).status_code == 200


def test_too_many_parameters_are_refused(browser):
    query = "&".join(["a=b"] * 1400)
    answer = browser.get(SAVE, {"query": query})
    assert answer.status_code == 413
