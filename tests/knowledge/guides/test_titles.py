"""A guide has title and summary in languages that its text is not in."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from knowledge.guides.cards import card_of
from knowledge.guides.models import (
    GuideEntry,
    GuideIndexPage,
    GuidePage,
    StateUse,
    TitleInLanguage,
)
from knowledge.guides.statistics import gaps
from knowledge.guides.versions.comparisons import compared
from knowledge.guides.versions.content import frozen
from portal.cms.texts.pages import segments_of
from portal.cms.translating.actions import begin_translation
from portal.management.library.loading.titles import add_titles
from portal.search.facet_counts import PublicCards
from portal.stakeholders.models import State
from tests.knowledge.factories import GuidePageFactory, ListEntryFactory, SourceFactory, cite
from tests.knowledge.guides.test_influences import typed
from tests.portal.cms.admin_forms import edit_address

pytestmark = pytest.mark.django_db

FR = ("Demander de l’aide", "Choisissez qui peut aider, et écrivez la demande.")
AR = ("طلب المساعدة", "اختر من يستطيع المساعدة.")


@pytest.fixture
def french(site_tree):
    call_command("create_site", languages=["fr"], verbosity=0)


@pytest.fixture
def guide(site_tree):
    rests = f"<p>Ask{cite(SourceFactory(key='eu').key)}.</p>"
    return titled(GuidePageFactory(title="Asking for help", document_type="checklist", text=rests))


def titled(page, **titles):
    add_titles(page, titles or {"fr": FR, "ar": AR})
    page.save_revision().publish(skip_permission_checks=True)
    return GuidePage.objects.get(pk=page.pk)


def ris_of(page, language):
    with override(language):
        return reverse("guide_file", args=[page.slug, "reference.ris"])


def soup(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def text(element) -> str:
    return " ".join(element.get_text().split())


class TestItsOwnPage:
    def test_it_is_headed_in_the_readers_language_and_says_which_the_text_is_in(
        self, client, guide
    ):
        page = soup(client, f"/fr/guides/{guide.slug}/")
        assert text(page.h1) == FR[0]
        assert text(page.select_one(".lede")) == FR[1]
        assert page.h1.get("lang") is None
        own = page.h1.find_next("span", lang="en")
        assert text(own) == "Asking for help"
        assert page.select_one(".original-language")
        assert page.select_one(".guide__body")["lang"] == "en"
        assert page.title.get_text().startswith(FR[0])
        assert page.find("meta", {"name": "description"})["content"] == FR[1]
        assert text(page.select_one("nav.breadcrumbs li:last-of-type")) == FR[0]

    def test_an_arabic_title_runs_to_the_left_and_the_english_text_to_the_right(
        self, client, guide
    ):
        page = soup(client, f"/ar/guides/{guide.slug}/")
        assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
        assert text(page.h1) == AR[0]
        # Nothing between the page and its title says otherwise.
        assert not [each for each in (page.h1, *page.h1.parents) if each.get("dir") == "ltr"]
        own = page.h1.find_next("span", lang="en")
        assert (text(own), own["dir"]) == ("Asking for help", "ltr")
        body = page.select_one(".guide__body")
        assert (body["lang"], body["dir"]) == ("en", "auto")  # by its first letter: to the right

    def test_in_its_own_language_it_is_as_it_was(self, client, guide):
        page = soup(client, f"/en/guides/{guide.slug}/")
        assert text(page.h1) == "Asking for help"
        assert FR[0] not in page.get_text()
        assert not page.select(".original-language")

    def test_in_a_language_without_a_title_it_is_as_it_was(self, client, guide):
        page = soup(client, f"/es/guides/{guide.slug}/")
        assert (text(page.h1), page.h1["lang"]) == ("Asking for help", "en")

    def test_machines_and_citations_keep_the_original(self, client, french, guide):
        page = soup(client, f"/fr/guides/{guide.slug}/")
        assert page.find("meta", {"name": "citation_title"})["content"] == "Asking for help"
        assert '"Asking for help"' in page.find("script", type="application/ld+json").string
        ris = client.get(ris_of(guide, "fr")).content.decode()
        assert "TI  - Asking for help\r\n" in ris
        assert f"TT  - {FR[0]}\r\n" in ris
        assert "TT  -" not in client.get(ris_of(guide, "en")).content.decode()

    def test_it_takes_no_query_more(self, client, guide, django_assert_max_num_queries):
        address = f"/fr/guides/{guide.slug}/"
        client.get(address)
        with django_assert_max_num_queries(40) as with_titles:
            client.get(address)
        number = len(with_titles)
        TitleInLanguage.objects.all().delete()
        with django_assert_max_num_queries(40) as without:
            client.get(address)
        assert number == len(without)

    def test_where_a_translation_is_published_its_own_title_counts(self, client, french, guide):
        index = GuideIndexPage.objects.get(locale__language_code="fr")
        translation = GuidePage.objects.get(pk=guide.pk).copy(
            to=index,
            update_attrs={
                "slug": guide.slug,
                "title": "Un autre titre",
                "content_language": "fr",
                "locale": index.locale,
                "translation_key": guide.translation_key,
            },
            reset_translation_key=False,
        )
        translation.titles.all().delete()
        shown = soup(client, f"/fr/guides/{guide.slug}/")
        assert text(shown.h1) == "Un autre titre"
        assert "fr" not in card_of(guide).headings
        assert "ar" in card_of(guide).headings


class TestLists:
    def listed(self, client, address, href=None):
        page = soup(client, address)
        return [each for each in page.select("main a") if text(each) == FR[0]]

    @pytest.mark.parametrize(
        "address",
        [
            "/fr/guides/",
            "/fr/guides/?stage=licensing",
            "/fr/guides/?q=licences+aide",
            "/fr/learning/",
            "/fr/learning/?level=1",
            "/fr/",
            "/fr/code/licensing/",
            "/fr/sources/eu/",
        ],
    )
    def test_it_is_listed_under_the_title_in_the_readers_language(self, client, guide, address):
        [link] = self.listed(client, address)[:1]
        entry = link.find_parent(class_="teaser") or link.find_parent("li")
        assert FR[1] in text(entry) or address == "/fr/"  # which has titles alone
        # What it is headed with is the reader's language; that its text is not is told.
        assert not link.find_parent(lang="en")
        assert "English" in text(entry)
        assert "Asking for help" not in text(entry)

    def test_it_is_named_so_on_a_states_page_and_with_an_entry(self, client, guide):
        StateUse.objects.create(
            guide=guide,
            state=State.objects.get(iso2="NO"),
            year=2025,
            what="It trains officers with it.",
            address="https://gov.example/a",
        )
        page = soup(client, "/fr/states/no/")
        link = next(each for each in page.select("a") if text(each) == FR[0])
        assert not link.find_parent(lang="en")
        assert page.find("span", lang="en", string="It trains officers with it.")
        entry = ListEntryFactory()
        GuideEntry(guide=guide, entry=entry).save()
        assert self.listed(client, f"/fr/control-lists/{entry.key}/")

    def test_it_is_so_among_related_guides(self, client, guide):
        other = GuidePageFactory(title="Asking for help again", text="<p>Asking for help.</p>")
        page = soup(client, f"/fr/guides/{other.slug}/")
        related = page.find(id="guide-related").find_parent("section")
        assert FR[0] in text(related)

    def test_it_is_so_in_the_feed(self, client, guide):
        feed = client.get(f"{reverse('guides_feed')}?lang=fr").content.decode()
        assert FR[0] in feed
        assert "Asking for help" not in feed

    @pytest.mark.parametrize("address", ["/fr/guides/", "/fr/learning/", "/fr/code/licensing/"])
    def test_a_list_takes_no_query_a_guide(
        self, client, guide, address, django_assert_max_num_queries
    ):
        client.get(address)
        with django_assert_max_num_queries(60) as few:
            client.get(address)
        before = len(few)
        for number in range(4):
            page = GuidePageFactory(title=f"Guide {number}", document_type="checklist")
            titled(page, fr=(f"Titre {number}", "Résumé"))
        client.get(address)
        with django_assert_max_num_queries(before):
            client.get(address)

    def test_a_title_alone_is_no_translation_in_the_matrix(self, guide):
        told = [each.text for each in gaps(PublicCards()) if each.commitment == "licensing"]
        assert "No guide in French" in told
        assert "No guide in English" not in told


class TestSearch:
    def test_a_french_query_finds_the_english_guide_once_under_its_french_title(
        self, client, guide
    ):
        page = soup(client, "/fr/search/?q=demander+aide")
        links = [each for each in page.select("ol.teasers a") if guide.slug in each["href"]]
        [link] = links
        assert text(link) == FR[0]
        assert link.mark
        entry = link.find_parent(class_="teaser")
        assert FR[1] in text(entry)
        assert "English" in text(entry)
        assert not link.find_parent(lang="en")

    def test_an_english_query_on_the_french_page_finds_it_under_the_same(self, client, guide):
        page = soup(client, "/fr/search/?q=asking")
        assert FR[0] in text(page.select_one("ol.teasers"))

    def test_a_title_that_is_restricted_is_found_by_nobody(self, client, guide):
        PageViewRestriction.objects.create(page=guide, restriction_type="login")
        assert FR[0] not in client.get("/fr/search/?q=demander+aide").content.decode()


class TestTheForm:
    def sent(self, client, guide, *rows):
        data = typed(client, guide)
        data |= {"influences-TOTAL_FORMS": "0", "titles-TOTAL_FORMS": str(len(rows))}
        data |= {"titles-INITIAL_FORMS": "0"}
        for place, (language, title) in enumerate(rows):
            row = {"language": language, "title": title, "summary": "S", "ORDER": str(place + 1)}
            data |= {f"titles-{place}-{name}": value for name, value in row.items()}
        return client.post(edit_address(guide), data)

    def errors(self, answer):
        page = BeautifulSoup(answer.content, "html.parser")
        return [text(each) for each in page.select("[id*=titles] .error-message")]

    @pytest.fixture
    def plain(self, client, site_tree, editor):
        client.force_login(editor)
        return GuidePageFactory(title="Plain")

    def test_what_is_typed_is_kept_in_the_draft(self, client, plain):
        assert self.sent(client, plain, ("fr", "Titre"), ("ar", "عنوان")).status_code == 302
        draft = GuidePage.objects.get(pk=plain.pk).get_latest_revision_as_object()
        assert [each.title for each in draft.titles.all()] == ["Titre", "عنوان"]
        # Readers have it once two people have published it.
        assert not TitleInLanguage.objects.exists()

    @pytest.mark.parametrize(
        ("rows", "told"),
        [
            ([("en", "Title")], "The guide is in this language"),
            ([("fr", "Titre"), ("fr", "Autre")], "This language is there already."),
            ([("xx", "Titre")], "xx is not one of the available choices"),
            ([("fr", "T" * 201)], "at most 200 characters"),
        ],
    )
    def test_what_is_wrong_is_told_at_the_field_and_what_was_typed_stays(
        self, client, plain, rows, told
    ):
        answer = self.sent(client, plain, *rows)
        assert answer.status_code == 200
        assert told in " ".join(self.errors(answer))
        for _language, title in rows:
            assert title in answer.content.decode()

    def test_where_there_is_a_translation_the_title_is_written_there(
        self, client, french, plain, editor
    ):
        begin_translation(page=plain, language="fr", by=editor)
        answer = self.sent(client, plain, ("fr", "Titre"))
        assert "There is a translation in this language" in " ".join(self.errors(answer))


class TestWhatIsKept:
    def test_a_change_of_it_is_in_the_version_and_is_seen(self, guide):
        before = frozen(guide)
        assert [each["language"] for each in before["titles"]] == ["ar", "fr"]
        titled(guide, fr=("Demander conseil", FR[1]))
        after = frozen(GuidePage.objects.get(pk=guide.pk))
        changed = [each for each in compared(before, after) if not each.is_same]
        assert [each.label for each in changed] == ["Title and summary in French"]
        assert guide.published_versions.count() == 2

    def test_a_version_without_it_has_the_digest_that_it_had(self, site_tree):
        assert "titles" not in frozen(GuidePageFactory(title="Plain"))

    def test_a_translation_begins_without_it_and_does_not_translate_it(self, french, guide, editor):
        draft = begin_translation(page=guide, language="fr", by=editor)
        assert not draft.titles.exists()
        assert not TitleInLanguage.objects.filter(guide=draft.pk).exists()
        assert not [each for each in segments_of(guide) if "titles" in each.key]
        assert guide.titles.count() == 2


class TestLoading:
    def test_it_passes_over_the_guides_own_language_and_replaces(self, guide):
        add_titles(guide, {"en": ("Own", "Own"), "fr": ("Neuf", "Résumé")})
        guide.save()
        kept = {each.language: each.title for each in TitleInLanguage.objects.all()}
        assert kept == {"ar": AR[0], "fr": "Neuf"}

    @pytest.mark.parametrize("titles", [{"xx": ("T", "S")}, {"es": ("T", "S" * 301)}])
    def test_what_the_form_refuses_it_refuses(self, guide, titles):
        with pytest.raises(ValidationError):
            add_titles(guide, titles)
        assert guide.titles.count() == 2
