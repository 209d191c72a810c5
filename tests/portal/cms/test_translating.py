"""Translating a page: beside its original, by file, and never published half or by one person."""

from io import BytesIO

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Workflow

from knowledge.guides.models import GuideIndexPage, GuidePage
from portal.cms.completeness import lacks
from portal.cms.models import PageTranslation, StandardPage
from portal.cms.translating.actions import begin_translation, notes_of, save_words
from portal.cms.translating.errors import (
    IsThereError,
    LockedError,
    ParentNotThereError,
    WordsAtFaultError,
)
from portal.cms.translating.progress import progress, progress_of
from portal.stakeholders.roles import EDITOR
from tests.consultations.factories import ConsultationPageFactory
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory
from tests.pages import add_published

pytestmark = pytest.mark.django_db

TABLE = {
    "type": "table",
    "value": {
        "columns": [{"type": "text", "heading": "Sign"}],
        "rows": [{"values": ["No named end user"]}],
        "caption": "Signs",
    },
    "id": "t",
}


@pytest.fixture
def french(site_tree):
    call_command("create_site", languages=["fr"], verbosity=0)


@pytest.fixture
def guide(french):
    return GuidePageFactory(title="Ask who will use it", sections=("Before",))


@pytest.fixture
def second(db):
    return UserFactory(role=EDITOR)


@pytest.fixture
def draft(guide, editor):
    return begin_translation(page=guide, language="fr", by=editor)


def in_french(words):
    """A translation of each text that keeps its tags."""
    return {key: text.replace("e", "é") for key, text in words.items()}


def originals(page):
    return {row.key: row.text for row in segments(page)}


def segments(page):
    from portal.cms.texts.pages import segments_of

    return segments_of(notes_of(page).current_original())


def translate(page, by, **kwargs):
    return save_words(page=page, by=by, words=in_french(originals(page)), **kwargs)


def latest(page):
    return Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()


def wrong(page):
    return lacks(latest(page), timezone.now())


class TestBeginning:
    def test_it_is_a_draft_of_the_original_in_its_language(self, draft, guide, editor):
        assert not draft.live
        assert (draft.locale.language_code, draft.content_language) == ("fr", "fr")
        assert draft.get_parent().specific == GuideIndexPage.objects.get(locale__language_code="fr")
        assert (draft.title, draft.stages) == (guide.title, guide.stages)
        assert draft.translation_key == guide.translation_key

    def test_there_is_one_in_each_language(self, draft, guide, editor):
        with pytest.raises(IsThereError):
            begin_translation(page=guide, language="fr", by=editor)

    def test_the_page_above_comes_first(self, guide, editor):
        with pytest.raises(ParentNotThereError):
            begin_translation(page=guide, language="ar", by=editor)

    def test_a_consultation_is_not_translated_so(self, client, french, editor):
        page = ConsultationPageFactory()
        client.force_login(editor)
        assert client.get(reverse("page_translations", args=[page.pk])).status_code == 302
        with pytest.raises(PermissionDenied):
            begin_translation(page=page, language="fr", by=editor)
        assert type(page).objects.filter(translation_key=page.translation_key).count() == 1

    @pytest.mark.parametrize("language", ["xx", "en-gb", ""])
    def test_a_language_that_is_not_there_is_refused(self, client, guide, editor, language):
        client.force_login(editor)
        client.post(reverse("page_translations", args=[guide.pk]), {"language": language})
        assert not guide.get_translations().exists()


class TestWriting:
    def test_what_is_not_translated_is_not_published(self, draft, editor):
        key = next(iter(originals(draft)))
        save_words(page=draft, by=editor, words={key: "Demander qui s’en servira"})
        assert "not translated yet" in " ".join(wrong(draft)["title"])
        translate(draft, editor)
        assert wrong(draft) == {}

    def test_a_word_that_is_the_same_in_both_may_be_said(self, draft, editor):
        save_words(page=draft, by=editor, words=originals(draft))
        assert wrong(draft) == {}

    def test_terms_and_days_are_the_originals(self, draft, guide, editor):
        guide.level, guide.stages = "3", ["transit"]
        guide.save_revision().publish(skip_permission_checks=True)
        translate(draft, editor)
        assert (latest(draft).level, latest(draft).stages) == ("3", ["transit"])

    def test_tables_and_rich_text_are_translated_where_they_stand(self, french, editor):
        about = StandardPage.objects.get(slug="about", locale__language_code="en")
        body = [
            TABLE,
            {"type": "paragraph", "value": "<p>See <b>this</b>.</p>", "id": "p"},
        ]
        page = StandardPage(title="Signs", slug="signs")
        page.body = StandardPage._meta.get_field("body").stream_block.to_python(body)
        page = add_published(about, page)
        draft = begin_translation(page=page, language="fr", by=editor)
        words = originals(draft)
        assert set(words.values()) == {
            *("Signs", "Sign", "No named end user", "<p>See <b>this</b>.</p>")
        }
        translate(draft, editor)
        said = str(latest(draft).body)
        assert "No naméd énd usér" in said
        assert "<p>Séé <b>this</b>.</p>" in said

    def test_words_at_fault_are_refused_by_their_key_and_nothing_is_kept(self, draft, editor):
        key = next(key for key, text in originals(draft).items() if text.startswith("<p>"))
        wrong = {key: "<p>Texte.", "gone": "Texte"}
        with pytest.raises(WordsAtFaultError) as refused:
            save_words(page=draft, by=editor, words={**wrong, "title": "Autre"})
        assert set(refused.value.faults) == set(wrong)
        assert latest(draft).title != "Autre"

    def test_a_text_that_is_too_long_is_refused_here_already(self, draft, editor):
        with pytest.raises(WordsAtFaultError) as refused:
            save_words(page=draft, by=editor, words={"summary": "x" * 301})
        assert "300" in refused.value.faults["summary"][0]

    def test_what_the_original_changed_is_out_of_date(self, draft, guide, editor, client):
        translate(draft, editor)
        guide.summary = "Something else."
        guide.save_revision().publish(skip_permission_checks=True)
        assert progress_of(draft).out_of_date == 1
        client.force_login(editor)
        html = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
        assert "1 text is out of date" in html
        save_words(page=draft, by=editor, words={}, still_right=["summary"])
        assert progress_of(draft).out_of_date == 0

    def test_a_new_text_of_the_original_is_missing_and_an_old_one_gone(self, draft, guide, editor):
        translate(draft, editor)
        blocks = guide.body.get_prep_value()
        new = {"type": "paragraph", "value": "<p>Added.</p>", "id": "new"}
        guide.body = guide.body.stream_block.to_python([blocks[0], new])
        guide.save_revision().publish(skip_permission_checks=True)
        assert wrong(draft) == {}  # what is translated may still be mended
        save_words(page=draft, by=editor, words={})
        assert [child.id for child in latest(draft).body] == [blocks[0]["id"], "new"]
        assert "1 text is not translated" in " ".join(wrong(draft)["title"])

    def test_what_the_translation_alone_has_stays(self, draft, guide, editor):
        translate(draft, editor)
        page = latest(draft)
        blocks = page.body.get_prep_value()
        own = {"type": "paragraph", "value": "<p>Pour la France.</p>", "id": "own"}
        page.body = page.body.stream_block.to_python([blocks[0], own, *blocks[1:]])
        page.save_revision(user=editor)
        save_words(page=draft, by=editor, words={"title": "Un titre"})
        assert [child.id for child in latest(draft).body] == [
            *(blocks[0]["id"], "own"),
            *(each["id"] for each in blocks[1:]),
        ]

    def test_a_page_that_create_site_made_is_known_as_translated(self, french, editor):
        page = StandardPage.objects.get(slug="contact", locale__language_code="fr")
        how_far = progress_of(page)
        assert how_far.there == how_far.whole > 5
        assert how_far.out_of_date == 0


class TestTwoPeople:
    def approve(self, page, by):
        state = latest(page).current_workflow_task_state
        state.approve(user=by)

    def test_a_translation_is_published_by_a_second_person(self, draft, editor, second):
        translate(draft, editor)
        page = latest(draft)
        assert not page.permissions_for_user(editor).can_publish()
        page.get_workflow().start(page, editor)
        self.approve(draft, second)
        assert GuidePage.objects.get(pk=draft.pk).live

    def test_nothing_is_written_while_it_waits(self, draft, editor, client):
        translate(draft, editor)
        page = latest(draft)
        page.get_workflow().start(page, editor)
        with pytest.raises(LockedError):
            save_words(page=draft, by=editor, words={"title": "Autre"})

    def test_saving_publishes_nothing_of_a_page_that_is_live(self, draft, editor, second):
        translate(draft, editor)
        page = latest(draft)
        page.get_workflow().start(page, editor)
        self.approve(draft, second)
        save_words(page=Page.objects.get(pk=draft.pk), by=editor, words={"title": "Autre"})
        assert GuidePage.objects.get(pk=draft.pk).title != "Autre"

    def test_half_a_translation_cannot_be_approved(self, draft, editor, second, client):
        page = latest(draft)
        page.get_workflow().start(page, editor)
        state = latest(draft).current_workflow_task_state
        client.force_login(second)
        address = reverse(
            "wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk]
        )
        client.post(address, {"comment": ""})
        assert not GuidePage.objects.get(pk=draft.pk).live
        assert Workflow.objects.exists()

    def test_who_may_not_edit_pages_sees_none_of_it(self, draft, client, member):
        client.force_login(member)
        for name in ("page_translation", "page_translations", "page_translation_file"):
            assert client.get(reverse(name, args=[draft.pk])).status_code in (302, 403, 404)


class TestFiles:
    def download(self, client, draft):
        return client.get(reverse("page_translation_file", args=[draft.pk])).content

    def upload(self, client, draft, data, **more):
        file = SimpleUploadedFile("x.po", data)
        address = reverse("page_translation_upload", args=[draft.pk])
        return client.post(address, {"file": file, **more}, follow=True)

    @pytest.fixture
    def signed_in(self, client, editor):
        client.force_login(editor)
        return client

    def filled(self, data):
        lines = data.decode().split("\n")
        for at, line in enumerate(lines):
            if line == 'msgstr ""' and lines[at - 1].startswith("msgid ") and at > 20:
                lines[at] = "msgstr" + lines[at - 1][5:].replace("e", "é")
        return "\n".join(lines).encode()

    def test_what_goes_out_comes_back(self, signed_in, draft):
        data = self.download(signed_in, draft)
        assert {message.context for message in read_po(BytesIO(data)) if message.id} == set(
            originals(draft)
        )
        self.upload(signed_in, draft, self.filled(data))
        assert progress_of(draft).there == progress_of(draft).whole
        assert latest(draft).title == "Ask who will usé it"

    def test_a_file_of_another_page_is_refused(self, signed_in, draft, editor):
        other = begin_translation(page=GuidePageFactory(), language="fr", by=editor)
        data = self.filled(self.download(signed_in, other))
        page = self.upload(signed_in, draft, data)
        assert f"page-{other.pk}" in page.content.decode()
        assert progress_of(draft).there == 0

    def test_a_broken_text_is_named_by_its_line_and_the_rest_is_taken(self, signed_in, draft):
        data = self.filled(self.download(signed_in, draft))
        broken = data.replace(
            b'msgstr "<p>T\xc3\xa9xt on B\xc3\xa9for\xc3\xa9.</p>"', b'msgstr "<p>"'
        )
        assert broken != data
        page = self.upload(signed_in, draft, broken)
        assert "Line " in BeautifulSoup(page.content, "html.parser").text
        assert progress_of(draft).there == progress_of(draft).whole - 1

    def test_a_machines_words_wait_for_a_person(self, signed_in, draft, editor):
        data = self.filled(self.download(signed_in, draft))
        page = self.upload(signed_in, draft, data, from_machine="on")
        assert "Machine translation, not reviewed" in page.content.decode()
        assert "nobody has read" in " ".join(wrong(draft)["title"])
        keys = notes_of(draft).by_machine
        save_words(page=draft, by=editor, words={}, read=keys)
        assert wrong(draft) == {}

    def test_a_draft_s_file_says_that_it_is_not_published(self, signed_in, guide, draft):
        assert b"Not published yet" not in self.download(signed_in, draft)
        guide.unpublish()
        assert b"Not published yet" in self.download(signed_in, draft)


def test_the_form_keeps_what_is_typed_without_script(client, draft, editor):
    client.force_login(editor)
    address = reverse("page_translation", args=[draft.pk])
    page = BeautifulSoup(client.get(address).content, "html.parser")
    form = next(each for each in page.find_all("form") if each.find("textarea"))
    typed = {each["name"]: each.text.strip() for each in form.find_all("textarea")}
    assert set(typed) == set(originals(draft))
    assert not any(typed.values())
    version = form.find("input", attrs={"name": "version"})["value"]
    client.post(address, {**typed, "title": "Un titre", "version": version})
    assert latest(draft).title == "Un titre"
    # Somebody else saved meanwhile.
    again = client.post(address, {**typed, "title": "Deux", "version": version})
    assert "Somebody has saved other words" in again.content.decode()
    assert "Deux" in again.content.decode()
    assert latest(draft).title == "Un titre"


def test_the_list_says_how_far_each_language_is(client, draft, guide, editor):
    client.force_login(editor)
    html = client.get(reverse("page_translations", args=[guide.pk])).content.decode()
    assert "Not begun" in html
    assert {each.language for each in progress(guide)} == {"fr", "es", "ru", "ar"}
    assert PageTranslation.objects.filter(page=draft.pk).exists()
    report = client.get(reverse("translations_report")).content.decode()
    assert f"0 of {progress_of(draft).whole}" in report
