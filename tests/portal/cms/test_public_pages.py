"""The pages that a visitor meets: what is on them, and what no page may do."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from portal.cms import shelves
from portal.cms.models import CommitmentPage, HomePage
from portal.cms.shelves import Shelf, Teaser
from portal.taxonomy.vocabularies import COMMITMENT
from tests.portal.cms.test_create_site import ADDRESSES

# What no editor wrote as a page.
NO_PAGES = re.compile("/(states|glossary|sources|control-lists)/")

STRICT = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
}


@pytest.fixture
def only_shelf(monkeypatch):
    """A single shelf, whose one entry per commitment says what it was asked for."""

    def teasers(commitment, limit):
        if commitment == "capacity":
            return []
        return [Teaser(f"About {commitment or 'all'}", "/x/", meta=[f"at most {limit}"])]

    shelf = Shelf("things", "Things", 1, teasers, lambda: "/en/things/", "All things")
    monkeypatch.setattr(shelves, "_shelves", {"things": shelf})
    return shelf


def soup(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def policy_of(response) -> set[str]:
    return {part.strip() for part in response.headers["Content-Security-Policy"].split(";")}


class TestHome:
    def test_shows_every_shelf_in_order(self, client, site_tree, monkeypatch):
        def filled(title):
            return lambda commitment, limit: [Teaser(title, "/x/")]

        made = {
            key: Shelf(key, key.title(), order, filled(f"In {key}"), lambda: "/more/", "More")
            for key, order in (("second", 20), ("first", 10), ("third", 30))
        }
        monkeypatch.setattr(shelves, "_shelves", made)
        html = client.get("/en/").content.decode()
        assert all(f"In {key}" in html for key in made)
        assert [shelf.key for shelf in shelves.all_shelves()] == ["first", "second", "third"]

    def test_an_empty_shelf_takes_no_room(self, client, site_tree, monkeypatch):
        empty = Shelf("none", "Nothing here", 1, lambda *args: [], lambda: "/x/", "More")
        monkeypatch.setattr(shelves, "_shelves", {"none": empty})
        assert "Nothing here" not in client.get("/en/").content.decode()

    def test_says_what_it_is_for_and_searches(self, client, site_tree):
        page = soup(client, "/en/")
        assert page.h1.text == site_tree.en.title
        assert site_tree.en.introduction in page.text
        assert page.select_one('form[role="search"] input[name="q"]')
        assert len(page.select('form[role="search"]')) == 1

    def test_leads_to_the_commitments_each_with_its_drawing(self, client, site_tree):
        tiles = soup(client, "/en/").select(".home-tiles > li")
        assert [tile.a["href"] for tile in tiles] == [f"/en/code/{key}/" for key in COMMITMENT.keys]
        assert len({str(tile.svg) for tile in tiles}) == 6
        assert all(
            tile.svg["aria-hidden"] == "true" and tile.get_text(strip=True) for tile in tiles
        )

    def test_three_doors_lead_to_pages_that_exist(self, client, site_tree):
        doors = soup(client, "/en/").select(".door")
        assert [door.h2.text for door in doors] == [
            "I have something to say",
            "I publish or decide",
            "I look for guidance or help",
        ]
        links = [link["href"] for door in doors for link in door.select("a")]
        assert {reverse("account_signup"), "/en/take-part/", "/en/before-you-answer/"} <= {*links}
        assert {href: client.get(href).status_code for href in links} == dict.fromkeys(links, 200)

    def test_no_door_invites_members_to_sign_up(self, client, site_tree, member):
        client.force_login(member)
        assert not soup(client, "/en/").select(f'.door a[href="{reverse("account_signup")}"]')

    def test_highlights(self, client, site_tree):
        home = HomePage.objects.get()
        home.highlights = [
            (
                "links",
                [
                    {"page": site_tree.code, "url": "", "text": ""},
                    {"page": None, "url": "https://elsewhere.example/", "text": "Elsewhere"},
                ],
            )
        ]
        home.save_revision().publish()
        page = soup(client, "/en/")
        assert page.find("a", string=site_tree.code.title)["href"] == "/en/code/"
        assert page.find("a", string="Elsewhere")["href"] == "https://elsewhere.example/"


class TestTheCode:
    def test_lists_the_six_commitments_in_their_order(self, client, site_tree):
        page = soup(client, "/en/code/")
        links = [link["href"] for link in page.select(".home-tiles a")]
        assert links == [f"/en/code/{key}/" for key in COMMITMENT.keys]

    def test_cites_its_sources(self, client, site_tree):
        assert len(soup(client, "/en/code/").select(".citations li")) == 6

    def test_a_commitment_shows_what_is_under_it_alone(self, client, site_tree, only_shelf):
        page = soup(client, "/en/code/licensing/")
        assert page.find("a", string="About licensing")
        assert not page.find("a", string="About all")
        assert page.select_one('main a[href="/en/things/"]').text == "All things"

    def test_a_commitment_with_nothing_under_it_says_so(self, client, site_tree, only_shelf):
        assert "Nothing under this commitment yet" in soup(client, "/en/code/capacity/").text


class TestStandardPages:
    def test_lists_the_pages_under_it(self, client, site_tree):
        page = soup(client, "/en/about/")
        assert page.find("a", string="Privacy")["href"] == "/en/about/privacy/"

    def test_a_long_page_lists_its_sections(self, client, site_tree):
        page = soup(client, "/en/about/privacy/")
        links = [link["href"] for link in page.select(".contents a")]
        assert links
        assert all(page.find(id=href[1:]) for href in links)

    def test_says_where_it_stands(self, client, site_tree):
        crumbs = soup(client, "/en/about/privacy/").select(".breadcrumbs li")
        assert [crumb.text.strip() for crumb in crumbs] == [
            "Home",
            "About this portal",
            "Privacy",
        ]

    def test_search_engines_get_its_summary(self, client, site_tree):
        page = soup(client, "/en/about/privacy/")
        assert page.find("meta", attrs={"name": "description"})["content"].startswith(
            "What the portal stores about you"
        )


@pytest.mark.parametrize("address", ADDRESSES)
class TestNoPage:
    def test_asks_another_site_for_anything(self, client, site_tree, address):
        """Links to other sites are for the reader to follow; nothing is fetched from one."""
        page = soup(client, address)
        fetched = [
            tag.get(attribute)
            for selector, attribute in (
                ("[src]", "src"),
                ("link[href]:not([rel=canonical], [hreflang])", "href"),
                ("[srcset]", "srcset"),
                ("form[action]", "action"),
            )
            for tag in page.select(selector)
        ]
        assert fetched
        assert [url for url in fetched if not re.match(r"/(?!/)", url)] == []

    def test_has_inline_style_or_script(self, client, site_tree, address):
        page = soup(client, address)
        code = "script:not([src]):not([type='application/ld+json'])"
        assert page.select(f"[style], style, {code}") == []
        assert not [tag for tag in page.find_all() for name in tag.attrs if name.startswith("on")]

    def test_loosens_the_policy(self, client, site_tree, address):
        answer = client.get(address)
        policy, strict = policy_of(answer), STRICT
        if "exit-page" in answer.content.decode():  # its button leads to another site
            strict = STRICT - {"form-action 'self'"} | {"form-action 'self' https:"}
        assert policy >= strict
        assert "unsafe" not in str(policy)

    def test_has_more_than_one_first_heading(self, client, site_tree, address):
        assert len(soup(client, address).select("h1")) == 1


class TestAddresses:
    @pytest.mark.parametrize("languages", ["", "en-GB,en;q=0.9", "de,nl;q=0.5", "xx", "*;q=0.1"])
    def test_the_first_leads_to_the_language(self, client, site_tree, languages):
        response = client.get("/", headers={"accept-language": languages})
        assert response.status_code == 302
        assert response.headers["Location"] == "/en/"
        assert "Accept-Language" in response.headers["Vary"]

    def test_an_unknown_one_is_not_found(self, client, site_tree):
        response = client.get("/en/no-such-page/")
        assert response.status_code == 404
        page = BeautifulSoup(response.content, "html.parser")
        assert page.h1.text == "Page not found"
        assert page.select_one(".site-nav a")
        assert policy_of(response) >= STRICT

    def test_an_unlisted_language_is_not_found(self, client, site_tree):
        assert client.get("/xx/", follow=True).status_code == 404

    def test_an_unpublished_page_is_not_found(self, client, site_tree):
        site_tree.privacy.unpublish()
        assert client.get("/en/about/privacy/").status_code == 404

    def test_the_sitemap_lists_what_is_public(self, client, site_tree):
        site_tree.privacy.unpublish()
        urls = re.findall(r"<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())
        ours = {f"http://127.0.0.1:8000{address}" for address in ADDRESSES}
        pages = {url for url in urls if not NO_PAGES.search(url)}
        assert pages == ours - {"http://127.0.0.1:8000/en/about/privacy/"}


class TestQueries:
    """How much a page asks of the database does not grow with what stands on it."""

    def count(self, client, address, django_assert_max_num_queries):
        cache.clear()
        client.get(address)  # warms the cache of site roots
        with django_assert_max_num_queries(40) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    def test_of_a_commitment(self, client, site_tree, only_shelf, django_assert_max_num_queries):
        assert self.count(client, "/en/code/licensing/", django_assert_max_num_queries) <= 14

    def test_of_the_code(self, client, site_tree, django_assert_max_num_queries):
        six = self.count(client, "/en/code/", django_assert_max_num_queries)
        for page in CommitmentPage.objects.exclude(slug="licensing"):
            page.unpublish()
        assert self.count(client, "/en/code/", django_assert_max_num_queries) == six

    def test_of_a_page_with_children(self, client, site_tree, django_assert_max_num_queries):
        four = self.count(client, "/en/about/", django_assert_max_num_queries)
        site_tree.contact.unpublish()
        assert self.count(client, "/en/about/", django_assert_max_num_queries) == four

    def test_of_a_page_that_is_not_there(self, client, site_tree, django_assert_max_num_queries):
        cache.clear()
        client.get("/en/none/")
        with django_assert_max_num_queries(5):
            client.get("/en/none/")


def test_a_fault_of_ours_needs_nothing(settings, client, site_tree, monkeypatch):
    """The 500 page stands on its own: no context, no navigation, no address reversed."""
    monkeypatch.setattr("portal.cms.context_processors.navigation", lambda path: 1 / 0)
    client.raise_request_exception = False
    response = client.get("/en/about/")
    assert response.status_code == 500
    assert b"The fault is ours" in response.content


def test_a_form_that_fails_the_csrf_check_is_told_in_plain_words(db):
    response = Client(enforce_csrf_checks=True).post(
        "/en/accounts/login/", {"login": "a@b.example"}
    )
    assert response.status_code == 403
    assert "This form was open too long" in response.content.decode()
