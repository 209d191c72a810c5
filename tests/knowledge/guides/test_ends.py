"""How a guide ends: asked for by one person, decided by another, and what readers then find."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from knowledge.guides.models import GuideEnd, GuidePage
from knowledge.guides.versions.actions import begin_versions
from portal.cms.models import UnpublishRequest
from portal.cms.unpublishing.actions import ask_to_unpublish, unpublish_as_asked
from portal.record.models import Entry
from portal.stakeholders.roles import ADMINISTRATOR, EDITOR
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory
from tests.knowledge.guides.test_versions import publish, soup, text

pytestmark = pytest.mark.django_db
OLD = "/en/guides/old/"


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def old(site_tree):
    return GuidePageFactory(slug="old", title="Oldcanary guide", sections=("Oldcanary text",))


@pytest.fixture
def new(site_tree, old):
    made = GuidePageFactory(slug="new", title="New guide")
    begin_versions()
    return made


@pytest.fixture
def author(site_tree):
    return UserFactory(role=EDITOR)


@pytest.fixture
def second(site_tree):
    return UserFactory(role=EDITOR)


def end(old, kind, successor, author, second):
    asked = ask_to_unpublish(
        page=old, by=author, reason="The law changed.", end=kind, successor=successor
    )
    unpublish_as_asked(request=asked, by=second)
    return GuidePage.objects.get(pk=old.pk)


def lists_that_name_it(client):
    paths = ("/en/guides/", "/en/search/?q=oldcanary", "/sitemap.xml", "/en/", "/feeds/guides/")
    return [
        path
        for path in paths
        if "Oldcanary" in (html := client.get(path).content.decode())
        and "guide" in html
        and ("Oldcanary guide" in html or OLD in html)
    ]


@pytest.mark.parametrize("kind", ["withdrawn", "superseded"])
def test_the_text_stays_under_a_banner_and_leaves_lists(client, old, new, author, second, kind):
    assert lists_that_name_it(client)
    end(old, kind, new, author, second)
    page = soup(client, OLD)
    told = text(page.main)
    assert f"This guide was {kind} on" in told
    assert "Reason: The law changed." in told
    assert "Oldcanary text" in told
    assert page.main.find(["h1", "h2"]).name == "h1"
    assert page.find("a", string="New guide")["href"] == new.url
    assert page.find("meta", {"name": "robots"})["content"] == "noindex"
    assert lists_that_name_it(client) == []
    assert "New guide" in client.get("/en/guides/").content.decode()
    versions = soup(client, f"{OLD}versions/1/")
    assert "The guide does not hold any more." in text(versions.main)
    assert client.get(reverse("guide_file", args=["old", "bibtex.bib"])).status_code == 200


def test_withdrawn_without_a_successor_says_why(client, old, new, author, second):
    end(old, "withdrawn", None, author, second)
    told = text(soup(client, OLD).main)
    assert "Reason: The law changed." in told
    assert "Read this one instead" not in told


def test_merged_leads_straight_to_the_successor(client, old, new, author, second):
    end(old, "merged", new, author, second)
    response = client.get(OLD)
    assert (response.status_code, response["Location"]) == (301, new.url)
    assert lists_that_name_it(client) == []
    new.delete()
    assert client.get(OLD).status_code == 410


def test_published_in_error_says_one_sentence_and_hides_the_versions(
    client, old, new, author, second
):
    leaf = old.published_versions.get().record_leaf
    end(old, "error", None, author, second)
    page = soup(client, OLD, 410)
    assert "published in error" in text(page.main)
    assert "Oldcanary" not in page.get_text()
    assert "The law changed" not in page.get_text()
    for path in ("versions/", "versions/1/", "versions/1.json", "versions/compare/?from=1&to=1"):
        assert client.get(OLD + path).status_code == 404
    assert lists_that_name_it(client) == []
    assert Entry.objects.get(leaf=leaf).statement["sha256"]


def test_unpublished_without_more_answers_as_before(client, old, new, author, second):
    end(old, "", None, author, second)
    page = soup(client, OLD, 410)
    assert "was withdrawn on" in text(page.main)
    assert not GuideEnd.objects.exists()
    assert client.get(f"{OLD}versions/").status_code == 404


def test_published_again_it_has_not_ended(client, old, new, author, second):
    end(old, "superseded", new, author, second)
    publish(old, summary="True again.", change_note="True again")
    page = soup(client, OLD)
    assert "superseded" not in text(page.main)
    assert not page.find("meta", {"name": "robots"})
    old = GuidePage.objects.get(pk=old.pk)
    old.unpublish()
    assert client.get(OLD).status_code == 410


@pytest.mark.parametrize("kind", ["superseded", "merged"])
def test_what_takes_its_place_is_needed(old, new, author, kind):
    with pytest.raises(ValidationError) as error:
        ask_to_unpublish(page=old, by=author, reason="Old.", end=kind)
    assert list(error.value.message_dict) == ["successor"]


def test_nothing_takes_its_own_place_nor_a_draft(old, new, author):
    draft = GuidePageFactory(live=False)
    for successor in (old, draft):
        with pytest.raises(ValidationError):
            ask_to_unpublish(page=old, by=author, reason="Old.", end="merged", successor=successor)
    with pytest.raises(ValidationError):
        ask_to_unpublish(page=old, by=author, reason="Old.", end="burnt", successor=new)


def test_a_successor_that_is_gone_meanwhile_is_said(client, old, new, author, second):
    asked = ask_to_unpublish(page=old, by=author, reason="Old.", end="merged", successor=new)
    new.unpublish()
    client.force_login(second)
    decide = reverse("decide_unpublishing", args=[asked.pk])
    html = client.post(decide, {"decision": "unpublished", "answer": ""}).content.decode()
    assert "is not published, or is the page itself" in html
    assert GuidePage.objects.get(pk=old.pk).live


def test_who_asked_does_not_decide_and_an_administrator_asks_too(old, new, author, second):
    asked = ask_to_unpublish(page=old, by=author, reason="Old.", end="withdrawn")
    with pytest.raises(PermissionDenied):
        unpublish_as_asked(request=asked, by=author)
    administrator = UserFactory(role=ADMINISTRATOR)
    by_administrator = ask_to_unpublish(page=new, by=administrator, reason="Old.", end="withdrawn")
    with pytest.raises(PermissionDenied):
        unpublish_as_asked(request=by_administrator, by=administrator)
    unpublish_as_asked(request=by_administrator, by=second)
    with pytest.raises(PermissionDenied):
        ask_to_unpublish(page=old, by=administrator, reason="Old.")


def test_the_whole_way_through_the_admin(client, old, new, author, second):
    client.force_login(author)
    ask = reverse("ask_to_unpublish", args=[old.pk])
    assert "What should become of it?" in client.get(ask).content.decode()
    refused = client.post(ask, {"end": "superseded", "reason": "Kept words."}).content.decode()
    assert "Choose what takes its place." in refused
    assert "Kept words." in refused
    refused = client.post(ask, {"end": "x", "successor": "y", "reason": ""})
    assert refused.status_code == 200
    assert not UnpublishRequest.objects.exists()
    client.post(ask, {"end": "superseded", "successor": new.pk, "reason": "New law."})
    asked = UnpublishRequest.objects.get()
    client.force_login(second)
    decide = reverse("decide_unpublishing", args=[asked.pk])
    html = client.get(decide).content.decode()
    assert "Superseded" in html
    assert "New guide" in html
    client.post(decide, {"decision": "unpublished", "answer": ""})
    assert GuidePage.objects.get(pk=old.pk).ended.successor.pk == new.pk


def test_kept_it_has_not_ended(client, old, new, author, second):
    asked = ask_to_unpublish(page=old, by=author, reason="Old.", end="withdrawn")
    client.force_login(second)
    decide = reverse("decide_unpublishing", args=[asked.pk])
    client.post(decide, {"decision": "kept", "answer": "It holds."})
    assert client.get(OLD).status_code == 200
    assert not GuideEnd.objects.exists()


def test_the_reason_is_shown_as_text(client, old, new, author, second):
    asked = ask_to_unpublish(page=old, by=author, reason="<script>x</script>", end="withdrawn")
    unpublish_as_asked(request=asked, by=second)
    html = client.get(OLD).content.decode()
    assert "<script>x" not in html
    assert BeautifulSoup(html, "html.parser").find(string=lambda s: "<script>x</script>" in s)
