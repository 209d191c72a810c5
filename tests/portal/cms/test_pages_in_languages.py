"""The standing pages in five languages, and lists that show a page and its translations once."""

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.models import Locale, Page

from knowledge.guides.models import GuideIndexPage
from portal.cms.models import BeforeYouAnswerPage, HomePage, PrivacyPage, StandardPage
from portal.cms.models.in_every_language import one_of_each
from portal.management.commands.create_site import CONTENT, FILES
from portal.management.demo.content import FOLDER
from portal.management.texts import read
from portal.settings.languages import LANGUAGES
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory
from tests.pages import add_published

OTHERS = [code for code, _name in LANGUAGES if code != "en"]
pytestmark = pytest.mark.django_db


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def five(site_tree):
    """The standing pages in every language."""
    call_command("create_site", verbosity=0)


@pytest.fixture
def french(site_tree):
    call_command("create_site", languages=["fr"], verbosity=0)


def translation_of(guide, language, **fields):
    """A published translation of a guide, in the tree of its language."""
    index = GuideIndexPage.objects.get(locale__language_code=language)
    page = guide.copy_for_translation(index.locale)
    page.content_language = language
    for name, value in fields.items():
        setattr(page, name, value)
    page.save()
    page.save_revision().publish(skip_permission_checks=True)
    return type(guide).objects.get(pk=page.pk)


def places(content, language):
    """Every text of a content file by its place; what is no text is left out."""

    def walk(node, path):
        if isinstance(node, dict):
            for key, value in node.items():
                yield from walk(value, (*path, key))
        elif isinstance(node, list):
            for number, value in enumerate(node):
                yield from walk(value, (*path, number))
        elif isinstance(node, str) and " " in node:
            yield path, node

    return dict(walk(content, ()))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    ("folder", "file"),
    [
        *((CONTENT, name) for name in FILES),
        *((FOLDER, name) for name in ("learning.toml", "before_you_answer.toml", "notices.toml")),
    ],
)
def test_every_text_is_there_in_every_language(folder, file, language):
    english = places(read(folder, file), "en")
    translated = places(read(folder, file, language), language)
    # Names of bodies are the same everywhere.
    same = [place for place, text in english.items() if translated.get(place) == text]
    assert [place for place in same if place[-1] != "name"] == []


def test_the_standing_pages_are_there(client, five):
    for language in OTHERS:
        for path in (
            "",
            "about/",
            "code/",
            "code/licensing/",
            "take-part/",
            "learning/",
            "guides/",
        ):
            page = soup_of(client.get(f"/{language}/{path}"))
            canonical = page.find("link", rel="canonical")["href"]
            assert canonical.endswith(f"/{language}/{path}")
            told = {each["hreflang"] for each in page.find_all("link", hreflang=True)}
            assert told == {"en", *OTHERS}


def test_what_only_operators_can_say_is_a_draft_and_the_original_is_shown(client, five):
    for model in (BeforeYouAnswerPage, PrivacyPage):
        live = model.objects.live().values_list("locale__language_code", flat=True)
        assert list(live) == ["en"]
        assert model.objects.count() == 1 + len(OTHERS)
    page = soup_of(client.get("/fr/about/privacy/"))
    assert page.find("link", rel="canonical")["href"].endswith("/en/about/privacy/")


def test_what_somebody_edited_is_not_contradicted_in_another_language(client, site_tree):
    site_tree.about.title = "About the portal of the Ministry"
    site_tree.about.save_revision(user=UserFactory()).publish()
    call_command("create_site", languages=["fr"], verbosity=0)
    assert not StandardPage.objects.get(slug="about", locale__language_code="fr").live
    assert "the portal of the Ministry" in soup_of(client.get("/fr/about/")).h1.text
    assert soup_of(client.get("/fr/about/contact/")).h1.text == "Contact"


def test_a_second_run_changes_nothing_in_any_language(five):
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id"))
    call_command("create_site", verbosity=0)
    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id")) == before


def test_a_page_under_a_home_page_that_is_a_draft_is_shown_in_the_original(client, french):
    HomePage.objects.get(locale__language_code="fr").unpublish()
    response = client.get("/fr/code/")
    assert response.status_code == 200
    assert "The Code of Conduct" in soup_of(response).h1.text


def test_the_pages_under_a_heading_are_those_of_every_language_once(client, french):
    about = StandardPage.objects.get(slug="about", locale__language_code="en")
    add_published(about, StandardPage(title="Our office", slug="office"))
    for language, of_french in (("fr", True), ("en", False)):
        page = soup_of(client.get(f"/{language}/about/"))
        section = page.find("h2", id="children").parent
        listed = [each["href"].rstrip("/").split("/")[-1] for each in section.find_all("a")]
        assert sorted(listed) == ["accessibility", "contact", "moderation", "office", "privacy"]
        assert (listed[0] in ("contact", "moderation")) is of_french or not of_french


class TestGuides:
    @pytest.fixture
    def guide(self, french):
        return GuidePageFactory(title="Ask who will use it")

    @pytest.fixture
    def in_french(self, guide):
        return translation_of(guide, "fr", title="Demander qui s’en servira", slug="demander-qui")

    def listed(self, client, address):
        return [each.text.strip() for each in soup_of(client.get(address)).select("main h3 a")]

    def test_the_switch_leads_to_the_translation_and_back(self, client, guide, in_french):
        assert client.get("/fr/guides/ask-who-will-use-it/")["Location"] == (
            "/fr/guides/demander-qui/"
        )
        assert client.get("/en/guides/demander-qui/")["Location"] == (
            "/en/guides/ask-who-will-use-it/"
        )
        # In a third language each address shows its own.
        page = soup_of(client.get("/ru/guides/demander-qui/"))
        assert page.h1.text == "Demander qui s’en servira"

    def test_machines_are_told_of_both(self, client, guide, in_french):
        page = soup_of(client.get("/fr/guides/demander-qui/"))
        told = {each["hreflang"]: each["href"] for each in page.find_all("link", hreflang=True)}
        assert {code: href.split("/", 3)[3] for code, href in told.items()} == {
            "en": "en/guides/ask-who-will-use-it/",
            "fr": "fr/guides/demander-qui/",
        }

    def test_the_index_shows_it_once_in_the_readers_language(self, client, guide, in_french):
        GuidePageFactory(title="Another guide")
        assert sorted(self.listed(client, "/en/guides/")) == ["Another guide", guide.title]
        # The reader's language first, then the rest, marked.
        assert self.listed(client, "/fr/guides/") == [in_french.title, "Another guide"]
        assert sorted(self.listed(client, "/ru/guides/")) == ["Another guide", guide.title]

    def test_the_index_counts_it_once(self, client, guide, in_french):
        for language in ("en", "fr", "ru"):
            page = soup_of(client.get(f"/{language}/guides/"))
            licensing = page.find("input", attrs={"name": "stage", "value": "licensing"})
            assert "1" in licensing.parent.text
            assert "2" not in licensing.parent.text

    def test_each_version_is_found_by_its_words_and_by_its_language(self, client, guide, in_french):
        assert self.listed(client, "/en/guides/?q=demander") == [in_french.title]
        assert self.listed(client, "/en/guides/?language=fr") == [in_french.title]
        assert self.listed(client, "/fr/guides/?language=en") == [guide.title]

    def test_a_translation_taken_down_leaves_the_original(self, client, guide, in_french):
        in_french.unpublish()
        assert self.listed(client, "/fr/guides/") == [guide.title]

    def test_a_translation_deleted_leaves_the_original(self, client, guide, in_french):
        in_french.delete()
        assert self.listed(client, "/fr/guides/") == [guide.title]

    def test_a_guide_that_is_there_in_one_other_language_is_shown_everywhere(self, client, french):
        index = GuideIndexPage.objects.get(locale__language_code="fr")
        original = GuidePageFactory(title="Un guide")
        original.move(index, pos="last-child")
        page = type(original).objects.get(pk=original.pk)
        page.locale, page.content_language = index.locale, "fr"
        page.save_revision().publish(skip_permission_checks=True)
        for language in ("en", "fr", "ar"):
            assert self.listed(client, f"/{language}/guides/") == ["Un guide"]

    def test_home_and_learning_show_it_once(self, client, guide, in_french):
        case = GuidePageFactory(title="A case", document_type="case-study")
        cas = translation_of(case, "fr", title="Un cas", slug="un-cas")
        for language, shown, other in (("en", case, cas), ("fr", cas, case)):
            for path in ("", "learning/", "code/licensing/"):
                html = client.get(f"/{language}/{path}").content.decode()
                assert shown.title in html
                assert f">{other.title}<" not in html

    def test_an_original_is_chosen_without_a_query_for_each(self, guide, in_french):
        with override("fr"):
            shown = one_of_each(type(guide).objects.live())
            assert [each.pk for each in shown] == [in_french.pk]
        with override("ru"):
            assert [each.pk for each in one_of_each(type(guide).objects.live())] == [guide.pk]


def test_consultations_are_listed_in_each_language(client, french):
    from tests.consultations.factories import ConsultationPageFactory

    page = ConsultationPageFactory()
    assert page.title in client.get("/fr/consultations/").content.decode()
    assert client.get(f"/fr/consultations/{page.slug}/").status_code == 200
    assert Locale.objects.count() == 2


def test_search_engines_are_told_of_the_pages_of_every_language_once(client, french):
    translation_of(GuidePageFactory(title="A guide"), "fr", title="Un guide", slug="un-guide")
    told = client.get("/sitemap.xml").content.decode()
    for path in ("/en/guides/a-guide/", "/fr/guides/un-guide/", "/fr/code/", "/en/code/"):
        assert told.count(f"{path}</loc>") == 1


def test_a_page_costs_no_more_for_being_there_in_five_languages(client, site_tree):
    def queries(address):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    guide = GuidePageFactory(title="A guide")
    GuidePageFactory(title="Another guide")
    before = {path: queries(path) for path in ("/en/", "/ru/")}
    call_command("create_site", verbosity=0)
    translation_of(guide, "fr", title="Un guide", slug="un-guide")
    after = {path: queries(path) for path in before}
    assert all(after[path] <= before[path] + 1 for path in before), (before, after)
    for path in ("/en/guides/a-guide/", "/fr/guides/un-guide/", "/ru/guides/un-guide/"):
        assert queries(path) <= 19
