"""Words are written beside words, approved by somebody else, and corrected in the open."""

from datetime import timedelta
from io import BytesIO

import pytest
from babel.messages.pofile import read_po, write_po
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from consultations.calls.actions import issue_corrigendum
from consultations.calls.models import ConsultationPage, ConsultationText, Corrigendum, Interest
from consultations.calls.texts.changes import originals_of
from consultations.calls.translating.actions import (
    approve,
    by_original,
    save_words,
    set_texts,
    submit,
    take_back,
)
from tests.consultations.calls.texts.builders import editor, everything, questions, translate
from tests.consultations.factories import ConsultationPageFactory, noon
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
FRENCH = {"language": "fr"}


@pytest.fixture
def page(consultations):
    return ConsultationPageFactory(
        title="Indicators", questionnaire=questions(), background=[("paragraph", "<p>Why.</p>")]
    )


@pytest.fixture
def scheduled(consultations):
    return ConsultationPageFactory(
        title="Indicators", questionnaire=questions(), opens_at=noon(timedelta(days=7))
    )


def submitted(page, words, by=None, **kwargs):
    by = by or editor()
    save_words(consultation=page, by=by, words=words, **FRENCH)
    return submit(consultation=page, by=by, **FRENCH, **kwargs)


def html_of(client, page, language="fr"):
    with translation.override(language):
        return client.get(page.get_url()).content.decode()


def test_nothing_is_public_before_somebody_else_approved_it(page, client):
    writer, other = editor(), editor()
    text = submitted(page, {"title": "Indicateurs"}, by=writer)
    assert "Indicateurs" not in html_of(client, page)
    with pytest.raises(PermissionDenied):
        approve(consultation=page, by=writer, version=text.version, **FRENCH)
    approve(consultation=page, by=other, version=text.version, **FRENCH)
    assert "Indicateurs" in html_of(client, page)


def test_who_submitted_does_not_approve_and_neither_does_who_has_an_interest(page):
    writer, submitter, interested = editor(), editor(), editor()
    save_words(consultation=page, by=writer, words={"title": "Indicateurs"}, **FRENCH)
    text = submit(consultation=page, by=submitter, **FRENCH)
    Interest.objects.create(
        consultation=page, person=interested, reason="Mine.", declared_on=timezone.now().date()
    )
    for somebody in (writer, submitter, interested, UserFactory(role="Moderators")):
        with pytest.raises(PermissionDenied):
            approve(consultation=page, by=somebody, version=text.version, **FRENCH)


def test_what_waits_is_not_changed_and_only_what_was_read_is_approved(page):
    text = submitted(page, {"title": "Indicateurs"})
    with pytest.raises(ValidationError, match="wait for a second person"):
        save_words(consultation=page, by=editor(), words={"title": "Autre"}, **FRENCH)
    take_back(consultation=page, by=editor(), **FRENCH)
    submitted(page, {"title": "Autre"})
    with pytest.raises(ValidationError, match="changed meanwhile"):
        approve(consultation=page, by=editor(), version=text.version, **FRENCH)


def test_nothing_new_is_not_sent_for_approval(page):
    translate(page, words={"title": "Indicateurs"})
    with pytest.raises(ValidationError, match="nothing new"):
        submitted(page, {"title": "Indicateurs"})


def test_words_at_fault_are_refused_by_their_key(page):
    wrong = {"questions.s1.introduction": "Dites qui.", "questions.gone.text": "Quoi ?"}
    with pytest.raises(ValidationError) as refused:
        save_words(consultation=page, by=editor(), words={"title": "x", **wrong}, **FRENCH)
    assert set(refused.value.message_dict) == set(wrong)
    assert not ConsultationText.objects.exists()


def test_the_original_s_language_and_one_that_the_portal_does_not_speak_are_refused(page):
    for language in ("en", "xx"):
        with pytest.raises(ValidationError):
            save_words(consultation=page, language=language, by=editor(), words={"title": "x"})


def test_before_the_opening_words_change_without_a_corrigendum(scheduled):
    page = translate(scheduled)
    page = translate(page, words={"questions.view.text": "Que faut-il peser ?"})
    assert page.in_language("fr").questionnaire().find("view").text == "Que faut-il peser ?"
    assert not Corrigendum.objects.exists()


def test_once_people_answer_other_words_need_a_reason_and_are_a_corrigendum_of_that_language(
    page, client
):
    page = translate(page)
    changed = {"questions.works.options.firm": "Dans une entreprise"}
    with pytest.raises(ValidationError) as refused:
        translate(page, words=changed)
    assert "reason" in refused.value.message_dict
    translate(page, words=changed, reason="Un mot manquait.")
    row = Corrigendum.objects.get()
    assert (row.language, row.subject, row.what) == ("fr", "works", "options")
    assert (row.before, row.after) == ("fr:In a firm", "Dans une entreprise")
    assert "Un mot manquait." in html_of(client, page)
    assert "Un mot manquait." not in html_of(client, page, "en")
    assert "Un mot manquait." not in html_of(client, page, "ar")


def test_words_that_people_answered_are_not_taken_away(page):
    page = translate(page)
    with pytest.raises(ValidationError, match="not none"):
        translate(page, words={"questions.view.text": ""}, reason="Non.")


def test_a_corrigendum_of_the_original_puts_the_translation_out_of_date(page, client):
    page = translate(page)
    issue_corrigendum(
        consultation=page,
        by=editor(),
        question_id="view",
        text="What should weigh the most?",
        reason="A word was missing.",
    )
    html = html_of(client, page)
    assert "What should weigh the most?" in html
    assert "fr:What should weigh most?" not in html
    assert 'lang="en" dir="ltr"' in html
    row = Corrigendum.objects.get()
    page = translate(
        ConsultationPage.objects.get(pk=page.pk),
        words={
            "questions.view.text": "Que faut-il peser le plus ?",
            f"corrigenda.{row.pk}": "Il manquait un mot.",
        },
        reason="L'original a changé.",
    )
    html = html_of(client, page)
    assert "Que faut-il peser le plus ?" in html
    assert "Il manquait un mot." in html


def test_a_text_that_comes_after_the_opening_is_dated(page, client):
    assert "after the consultation had opened" not in html_of(client, page, "en")
    translate(page, words=everything(page))
    text = ConsultationText.objects.get()
    text.published = {
        key: {**told, "since": (page.opens_at + timedelta(days=1)).isoformat()}
        for key, told in text.published.items()
    }
    text.save()
    with translation.override("fr"):
        said = translation.gettext(
            "This text was added on %(day)s, after the consultation had opened."
        )
    assert said.partition("%")[0] in html_of(client, page)


def test_a_reader_is_told_where_nothing_is_there_in_their_language(page, client):
    translate(page)
    with translation.override("es"):
        words = translation.gettext(
            "The text of this consultation is not there in %(language)s. You read it in "
            "%(original)s; you may answer in any language."
        ) % {"language": "español", "original": "inglés"}
    assert words in html_of(client, page, "es")
    assert words not in html_of(client, page, "fr")


def test_an_outcome_is_translated_before_it_is_public_and_appears_with_it(page, client):
    page.outcome_summary = "Two were added."
    page.save_revision()
    page = ConsultationPage.objects.get(pk=page.pk)
    assert "outcome_summary" in {each.key for each in originals_of(page)}
    translate(page, words={"outcome_summary": "Deux ont été ajoutés."})
    draft = page.get_latest_revision_as_object()
    draft.closes_at = timezone.now() - timedelta(days=2)
    draft.outcome_published_at = timezone.now() - timedelta(days=1)
    ConsultationPage.objects.filter(pk=page.pk).update(closes_at=draft.closes_at)
    assert "Deux ont" not in html_of(client, page)
    draft.save_revision(clean=False).publish(skip_permission_checks=True)
    assert "Deux ont été ajoutés." in html_of(client, page)


def test_texts_are_loaded_by_the_words_of_the_original(page):
    by, other = editor(), editor()
    words = by_original(page, {"Indicators": "Indicateurs", "In a firm": "En entreprise"})
    assert words == {"title": "Indicateurs", "questions.works.options.firm": "En entreprise"}
    assert set_texts(page, "fr", words, by=by, approved_by=other).state == "published"


# -- in the admin ----------------------------------------------------------------------------------


def address(page, name="consultation_text"):
    return reverse(name, args=[page.pk, "fr"])


def typed(page, version=0, **words):
    return {"save": "1", "version": version, **dict.fromkeys(everything(page), ""), **words}


def test_an_editor_writes_beside_the_original_and_sends_it(page, client):
    client.force_login(editor())
    assert "What should weigh most?" in client.get(address(page)).content.decode()
    answer = client.post(address(page), typed(page, title="Indicateurs"), follow=True)
    html = answer.content.decode()
    assert "Indicateurs</textarea>" in html
    assert f"1 of {len(everything(page))}" in html
    client.post(address(page), {"submit": "1", "reason": ""})
    assert 'name="approve"' not in client.get(address(page)).content.decode()
    client.force_login(editor())
    assert 'name="approve"' in client.get(address(page)).content.decode()
    client.post(address(page), {"approve": "1", "version": ConsultationText.objects.get().version})
    assert ConsultationText.objects.get().state == "published"
    listed = client.get(reverse("consultation_texts", args=[page.pk])).content.decode()
    assert "Published" in listed


def test_what_waits_stands_on_the_home_page_of_whoever_may_approve_it(page, client):
    writer = editor()
    submitted(page, {"title": "Indicateurs"}, by=writer)
    for somebody, is_told in ((writer, False), (editor(), True)):
        client.force_login(somebody)
        html = client.get(reverse("wagtailadmin_home")).content.decode()
        assert (address(page) in html) is is_told


def test_what_is_typed_stays_where_it_is_wrong_or_somebody_else_saved(page, client):
    client.force_login(editor())
    wrong = {"questions.s1.introduction": "<p>Dites"}
    answer = client.post(address(page), typed(page, title="Titre", **wrong))
    assert answer.status_code == 422
    assert "Titre</textarea>" in answer.content.decode()
    save_words(consultation=page, by=editor(), words={"title": "Autre"}, **FRENCH)
    answer = client.post(address(page), typed(page, title="Titre"))
    assert answer.status_code == 422
    assert "Titre</textarea>" in answer.content.decode()
    assert ConsultationText.objects.get().words["title"]["text"] == "Autre"


def test_a_text_is_said_to_be_still_right(page, client):
    page = translate(page, words={"title": "Indicateurs"})
    page.title = "The indicators"
    page.save_revision().publish()
    client.force_login(editor())
    assert "1 out of date" in client.get(address(page)).content.decode()
    version = ConsultationText.objects.get().version
    data = typed(page, version, title="Indicateurs") | {"still.title": "on"}
    client.post(address(page), data)
    assert "out of date" not in client.get(address(page)).content.decode()


@pytest.mark.parametrize("role", ["Moderators", "Officials", None])
def test_nobody_else_comes_in(page, client, role):
    client.force_login(UserFactory(role=role))
    for name in ("consultation_text", "consultation_text_file"):
        assert client.get(address(page, name)).status_code in (302, 403)


def po_of(page, client):
    return read_po(BytesIO(client.get(address(page, "consultation_text_file")).content))


def sent_back(page, client, catalogue):
    out = BytesIO()
    write_po(out, catalogue)
    file = SimpleUploadedFile("fr.po", out.getvalue())
    return client.post(address(page, "consultation_text_upload"), {"file": file})


def test_a_translator_s_file_goes_out_and_comes_back(page, client):
    client.force_login(editor())
    catalogue = po_of(page, client)
    for message in catalogue:
        if message.id:
            message.string = everything(page)[message.context]
    answer = sent_back(page, client, catalogue)
    assert answer.status_code == 200
    words = ConsultationText.objects.get().words
    assert {key: told["text"] for key, told in words.items()} == everything(page)


def test_a_bad_file_is_told_by_line_and_what_is_right_is_taken(page, client):
    client.force_login(editor())
    catalogue = po_of(page, client)
    catalogue.get("Indicators", "title").string = "Indicateurs"
    catalogue.get("<p>Say who you are.</p>", "questions.s1.introduction").string = "<p>Dites"
    html = sent_back(page, client, catalogue).content.decode()
    assert "1 text was taken." in html
    assert "A tag of its HTML is not closed" in html
    assert "Line " in html
    assert [*ConsultationText.objects.get().words] == ["title"]


def test_a_file_of_another_consultation_is_refused(page, client):
    client.force_login(editor())
    other = po_of(ConsultationPageFactory(title="Other"), client)
    answer = sent_back(page, client, other)
    assert answer.status_code == 422
    assert "and this page is" in answer.content.decode()
    assert not ConsultationText.objects.exists()


def test_a_file_of_what_is_not_public_says_so(page, client):
    client.force_login(editor())
    address_of_file = address(page, "consultation_text_file")
    assert b"Not published yet" not in client.get(address_of_file).content
    page.unpublish()
    assert b"Not published yet" in client.get(address_of_file).content


def test_the_edit_page_lists_the_languages_and_offers_no_other_translation(page, client):
    translate(page)
    client.force_login(editor())
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert address(page) in html
    assert "Translate this page" not in html
