"""The handbook: each job has its page, found where it is done, that names what is there."""

import re
from functools import cache

import pytest
from django.urls import get_resolver, resolve, reverse
from wagtail import hooks
from wagtail.admin.menu import SubmenuMenuItem, admin_menu
from wagtail.models import get_page_models

from portal.handbook.pages import FOLDER, by_place, handbook
from tests.consultations.factories import ConsultationPageFactory
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory
from tests.portal.handbook.labels import is_a_label, labels
from tests.staff import use_factor

PAGES = list(handbook().values())
WORDS = re.compile(r"\*\*([^*]+)\*\*")
# What the addresses that name a place are made with.
EXAMPLES = {"UUIDConverter": "0b0e7a8e-0000-4000-8000-000000000000"}
# Pages of ours in the admin that are no job of the handbook.
NO_JOB = {
    **dict.fromkeys(["handbook", "handbook_page", "handbook_picture"], "the handbook itself"),
    **dict.fromkeys(
        ["open_confidential_response", "undo_screening", "moderate_comments_read"],
        "a button: nothing is shown there",
    ),
    **dict.fromkeys(["response_attachment", "proposed_file"], "a file"),
    "missed_searches": "what the search did not find: explained on the page itself",
}
# Entries of the menu that lead to Wagtail's own, or to lists that explain themselves.
NO_JOB_IN_MENU = {
    "wagtailimages:index",
    "wagtailadmin_explore_root",
    "wagtailsettings:edit",
    "states:index",
    "source_tips:index",
    "synonyms:index",
    "portal.curation.admin_views.PromotedResultsView",
    "wagtailusers_groups:index",
    "wagtailsnippets:index",
    "wagtailredirects:index",
    "wagtailsites:index",
    "wagtaillocales:index",
    "wagtailadmin_collections:index",
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:task_index",
    "handbook",
    "missed_searches",
}


@cache
def names_of_addresses() -> dict[str, list]:
    """Every name that an address of the portal has, with its namespace, and how it is made."""
    resolver, found = get_resolver(), {}
    inner = {f"{space}:": each for space, (_prefix, each) in resolver.namespace_dict.items()}
    for prefix, each in {"": resolver, **inner}.items():
        for name in each.reverse_dict:
            if isinstance(name, str):
                found[f"{prefix}{name}"] = each.reverse_dict.getlist(name)
    return found


def an_address_of(name: str) -> str:
    """An address of that name, whatever it stands for."""
    possibilities, _pattern, _defaults, converters = names_of_addresses()[name][0]
    values = [EXAMPLES.get(type(converters.get(each)).__name__, 1) for each in possibilities[0][1]]
    return reverse(name, args=values)


def how_to_do_this(client, address: str) -> str:
    """Where the menu's "How to do this" leads on a page; "" where the menu has none."""
    text = client.get(address).content.decode()
    found = re.search(r'"How to do this".*?"(/admin/handbook/[^"]+)"', text, re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_each_page_is_found_where_its_job_is_done(page):
    """An address that another one hides would be known by that one's name."""
    kinds_of_page = {model._meta.model_name for model in get_page_models()}
    for place in page.places:
        name, _, kind = place.partition(" ")
        assert name in names_of_addresses(), place
        assert resolve(an_address_of(name)).view_name == name
        assert not kind or kind in kinds_of_page


def test_no_place_has_two_pages():
    places = [place for page in PAGES for place in page.places]
    assert sorted(places) == sorted(by_place())


def test_the_jobs_are_told():
    jobs = ["ask", "screen", "redact", "answer", "publish-guidance"]
    jobs += ["put-files-beside-guides", "have-facts-checked", "keep-it-true"]
    jobs += ["take-a-page-down", "give-access"]
    jobs += ["have-a-translation-read", "translate-consultations", "translate-pages"]
    assert list(handbook()) == jobs


def ours_in_the_admin() -> list[str]:
    """The names of what the rooms add to the admin's addresses, without the rows of lists alone."""
    names = []
    for add in hooks.get_hooks("register_admin_urls"):
        if add.__module__.partition(".")[0] in ("portal", "consultations", "knowledge"):
            names += [each.name for each in add() if getattr(each, "name", None)]
    return [name for name in names if not name.endswith("_results")]


@pytest.mark.parametrize("name", ours_in_the_admin())
def test_each_page_that_we_add_to_the_admin_has_its_job(name):
    assert (name in by_place()) != (name in NO_JOB), name


@pytest.mark.django_db
def test_each_entry_of_the_menu_has_its_job(rf, superuser_in_force):
    """For whoever sees all of the menu: a job that is added there is written down too."""
    request = rf.get("/admin/")
    request.user, request.resolver_match = superuser_in_force, resolve("/admin/")
    entries = list(admin_menu.menu_items_for_request(request))
    for entry in entries:
        if isinstance(entry, SubmenuMenuItem):
            entries += entry.menu.menu_items_for_request(request)
    leading = {entry.url for entry in entries if entry.url.startswith("/admin/")}
    names = {resolve(address).view_name for address in leading}
    mine = {name for name in names if not name.startswith("wagtailadmin_reports:")}
    assert {name for name in mine if name not in by_place()} <= NO_JOB_IN_MENU
    assert {"screen_responses", "wagtailusers_users:index", "guides_due"} <= mine


@pytest.fixture
def superuser_in_force(client):
    """Somebody who may do everything, in a session in which the second factor was used."""
    person = UserFactory(email="all@staff.example", is_superuser=True)
    client.force_login(person)
    use_factor(client)
    return type(person).objects.get(pk=person.pk)


@pytest.mark.django_db
def test_the_menu_leads_from_a_job_to_its_page(client, superuser_in_force, site_tree):
    guide, consultation = GuidePageFactory(), ConsultationPageFactory()
    led = {
        reverse("screen_responses"): "screen",
        reverse("publish_together"): "answer",
        reverse("wagtailusers_users:index"): "give-access",
        reverse("guides_due"): "keep-it-true",
        reverse("wagtailadmin_pages:edit", args=[guide.pk]): "publish-guidance",
        reverse("wagtailadmin_pages:edit", args=[consultation.pk]): "ask",
        reverse("wagtailadmin_pages:unpublish", args=[guide.pk]): "take-a-page-down",
        reverse("wagtailadmin_explore", args=[guide.get_parent().pk]): "publish-guidance",
        reverse("wagtailadmin_explore", args=[consultation.get_parent().pk]): "ask",
        reverse("wagtailadmin_explore", args=[site_tree.en.pk]): "",
        reverse("wagtailadmin_pages:edit", args=[site_tree.en.pk]): "",
        reverse("wagtailadmin_home"): "",
    }
    told = {address: how_to_do_this(client, address) for address in led}
    assert told == {
        address: reverse("handbook_page", args=[slug]) if slug else ""
        for address, slug in led.items()
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_what_a_page_says_is_pressed_or_filled_in_is_there(page):
    """Bold is the whole label of a button, field or heading, or else a sentence with its end."""
    said = [re.sub(r"\s+", " ", words) for words in WORDS.findall(page.body)]
    pressed = [words for words in said if is_a_label(words)]
    assert len(pressed) > 8
    assert [words for words in said if words not in pressed and words[-1] not in ".:"] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_a_message_that_a_page_quotes_is_one(page):
    """Whoever is stuck looks for the words before them."""
    quoted = re.findall(r"\*“([^”]+?)[.]?”", page.body)
    assert [words for words in quoted if not any(words in text for text in labels())] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_each_page_is_short_and_says_what_stays_and_where_people_get_stuck(page):
    lines = page.body.splitlines()
    assert len(lines) <= 90
    assert "## Where people get stuck" in lines
    assert re.search(r"cannot be taken back|and what cannot|Taken back\?", page.body)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_each_page_shows_pictures_with_words_for_who_cannot_see_them(page):
    shown = re.findall(r"!\[([^\]]*)\]\(pictures/([^)]+)\)", page.body)
    assert shown
    for words, name in shown:
        assert len(words) > 20
        assert (FOLDER / "pictures" / name).is_file(), name


def test_each_picture_is_on_a_page():
    bodies = "".join(page.body for page in PAGES)
    names = {path.name for path in (FOLDER / "pictures").glob("*.png")}
    assert {name for name in names if f"(pictures/{name})" not in bodies} == set()


@pytest.mark.django_db
def test_staff_read_it_in_the_admin(client, moderator):
    client.force_login(moderator)
    use_factor(client)
    index = client.get(reverse("handbook")).content.decode()
    for page in PAGES:
        assert page.title in index
        text = client.get(reverse("handbook_page", args=[page.slug])).content.decode()
        for address in re.findall(r'(?:src|href)="(/admin/handbook/[^"]+)"', text):
            assert client.get(address).status_code == 200
        assert ".md" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_a_page_begins_with_the_way_to_each_of_its_parts(client, moderator, page):
    client.force_login(moderator)
    use_factor(client)
    text = client.get(reverse("handbook_page", args=[page.slug])).content.decode()
    headings = re.findall(r"^## (.+)$", page.body, re.MULTILINE)
    assert [words for _anchor, words in page.contents()] == headings
    for anchor, _words in page.contents():
        assert text.count(f'href="#{anchor}"') == text.count(f'<h2 id="{anchor}">') == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["../01-ask.md", "nothing.png", "..%2f..%2fREADME.md"])
def test_no_other_file_is_sent(client, moderator, name):
    client.force_login(moderator)
    use_factor(client)
    assert client.get(f"/admin/handbook/pictures/{name}", follow=True).status_code == 404


@pytest.mark.django_db
def test_nobody_else_reads_it(client):
    assert client.get(reverse("handbook")).status_code == 302
