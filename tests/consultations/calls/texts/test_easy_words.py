"""Easy words: the same consultation said once more, below an address of its own."""

from datetime import timedelta
from io import BytesIO

import pytest
from babel.messages.pofile import read_po, write_po
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from consultations.calls.actions import issue_corrigendum
from consultations.calls.models import ConsultationPage, ConsultationText, Corrigendum
from consultations.calls.translating.actions import approve, save_words, submit
from consultations.responses.models import Response
from consultations.responses.offline import parsing
from portal import metadata
from portal.languages import easy_words, switch
from tests.consultations.calls.texts.builders import editor, everything, questions, translate
from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.responses.builders import consultation_that_asks
from tests.consultations.responses.walk import Visitor

pytestmark = pytest.mark.django_db
EASY = "en-simple"


@pytest.fixture
def page(consultations):
    return ConsultationPageFactory(
        title="Indicators",
        summary="Which facts matter?",
        questionnaire=questions(),
        background=[("paragraph", "<p>Why.</p>")],
    )


@pytest.fixture
def easy(page):
    """The same, all of it in easy English."""
    return translate(page, EASY)


def html_of(client, page, language="en", path="easy/"):
    with translation.override(language):
        return client.get(f"{page.get_url()}{path}").content.decode()


def soup_of(*args, **kwargs):
    return BeautifulSoup(html_of(*args, **kwargs), "html.parser")


def canonical(soup):
    return soup.find("link", rel="canonical")["href"]


# -- what a reader notices -------------------------------------------------------------------------


def test_a_link_leads_to_easy_words_and_back(easy, client):
    soup = soup_of(client, easy, path="")
    assert "en-simple:Indicators" not in soup.text
    way = soup.find("a", string="Easy words")["href"]
    assert way == f"{easy.get_url()}easy/"
    soup = BeautifulSoup(client.get(way).content, "html.parser")
    assert soup.h1.text == "en-simple:Indicators"
    assert "en-simple:What should weigh most?" in soup.text
    assert soup.find("a", string="Standard text")["href"] == easy.get_url()


def test_it_is_the_same_consultation(easy, client):
    standard, simple = (soup_of(client, easy, path=path) for path in ("", "easy/"))
    for soup in (standard, simple):
        assert easy.docket in soup.text
        assert "Standard text" not in [tag.text for tag in soup.select(".govuk-tag")]
    numbers = [each["id"] for each in standard.select(".asked")]
    assert numbers == [each["id"] for each in simple.select(".asked")]
    assert (
        standard.select_one(".until time")["datetime"]
        == (simple.select_one(".until time")["datetime"])
    )


def test_its_pages_stay_in_easy_words(easy, client):
    """Every link to another page of the consultation, but the one to the standard text."""
    soup = soup_of(client, easy)
    own = easy.get_url()
    standard = soup.find("a", string="Standard text")
    inside = [
        each["href"]
        for each in soup.select("main a[href]")
        if each["href"].startswith(own) and each is not standard
    ]
    assert inside
    assert all(href.startswith(f"{own}easy/") for href in inside)
    for href in inside:
        assert client.get(href).status_code == 200, href


def test_where_there_are_no_easy_words_none_are_offered(page, client):
    assert "Easy words" not in html_of(client, page, path="")


def test_easy_words_that_are_not_there_are_said_to_be_missing(easy, client):
    """In a language that has none, and where nobody has written any."""
    with translation.override("fr"):
        missing = translation.gettext(
            "This consultation is not there in easy words. You read the standard text."
        )
        assert translation.gettext("Easy words") not in html_of(client, easy, "fr", path="")
    soup = soup_of(client, easy, "fr")
    assert missing in soup.text
    assert soup.h1.text == "Indicators"
    assert canonical(soup).endswith(easy.get_url())


@pytest.mark.parametrize("path", ["nonsense/", "easy/easy/", "easy/nonsense/", "simple/"])
def test_what_is_no_such_address_is_not_found(easy, client, path):
    assert client.get(f"{easy.get_url()}{path}").status_code == 404


def test_a_parameter_changes_nothing(easy, client):
    html = client.get(easy.get_url(), {"words": "nonsense"}).content.decode()
    assert "en-simple:" not in html


def test_other_pages_have_no_easy_words(easy, client):
    assert client.get("/en/about/easy/").status_code == 404
    assert client.get(f"{easy.get_parent().get_url()}easy/").status_code == 404


def test_what_is_missing_stands_in_the_standard_text_and_is_marked(page, client):
    words = everything(page, EASY)
    del words["questions.works.options.office"]
    del words["summary"]
    soup = soup_of(client, translate(page, EASY, words))
    assert "Where do you work? Standard text" in " ".join(
        soup.select_one("#question-1").text.split()
    )
    assert "In a firm" in soup.select_one("#question-1").text
    assert "Standard text" not in soup.select_one("#question-2").text
    assert soup.select_one(".lede").text == "Which facts matter?"
    assert "They are marked “Standard text”" in soup.text


def test_easy_words_of_another_language_come_before_its_text_and_the_original(page, client):
    """Easy French, else French, else the original, which says that it is English."""
    french, simple = everything(page, "fr"), everything(page, "fr-simple")
    page = translate(page, "fr", {key: french[key] for key in ("title", "summary")})
    page = translate(page, "fr-simple", {"title": simple["title"]})
    soup = soup_of(client, page, "fr")
    assert soup.h1.text == "fr-simple:Indicators"
    assert soup.select_one(".lede").text == "fr:Which facts matter?"
    assert soup.find(lang="en", string="What should weigh most?")
    assert "fr-simple" not in soup_of(client, page, "fr", path="").text


def test_the_address_of_easy_words_is_its_own_and_no_other_language(easy, client):
    page = translate(easy, "fr")
    soup = soup_of(client, page)
    assert canonical(soup).endswith(f"{page.get_url()}easy/")
    assert not soup.find_all("link", hreflang=True)
    assert soup.html["lang"] == "en"
    assert '"inLanguage": "en-simple"' in html_of(client, page).replace('":"', '": "')
    soup = soup_of(client, page, path="")
    assert canonical(soup).endswith(page.get_url())
    listed = {each["hreflang"] for each in soup.find_all("link", hreflang=True)}
    assert listed - {"x-default"} == {"en", "fr"}


def test_pages_below_it_are_cited_by_their_standard_address(rf, easy):
    standard = reverse("publication:index", args=[easy.slug])
    request = rf.get(easy_words.within(standard))
    assert request.path == standard.replace("/responses/", "/easy/responses/")
    assert metadata.canonical(request).endswith(standard)
    told = [href for _code, href in switch.alternates(request)]
    assert len(told) == 5
    assert not any("/easy/" in each for each in told)


def test_they_are_found_under_a_language_that_has_a_tree_of_its_own(easy, client):
    call_command("create_site", languages=["fr"], verbosity=0)
    page = translate(easy, "fr-simple")
    assert soup_of(client, page, "fr").h1.text == "fr-simple:Indicators"
    with translation.override("fr"):
        assert client.get(f"{page.get_url()}easy/easy/").status_code == 404


def test_the_switch_of_languages_keeps_asking_for_easy_words(easy, client):
    page = translate(easy, "fr-simple")
    soup = soup_of(client, page)
    with translation.override("fr"):
        assert soup.find("a", href=f"{page.get_url()}easy/")


def test_an_outcome_is_read_in_easy_words(easy, client):
    page = easy
    page.outcome_summary = "Two were added."
    page.closes_at = timezone.now() - timedelta(days=2)
    page.outcome_published_at = timezone.now() - timedelta(days=1)
    page.save_revision(clean=False).publish(skip_permission_checks=True)
    page = ConsultationPage.objects.get(pk=page.pk)
    assert "Two were added." in html_of(client, page)
    translate(page, EASY, {"outcome_summary": "We added two."})
    assert "We added two." in html_of(client, page)
    assert "We added two." not in html_of(client, page, path="")


# -- answering -------------------------------------------------------------------------------------


def test_an_answer_in_easy_words_joins_the_others(consultations):
    page = translate(consultation_that_asks(title="Indicators"), EASY)
    for are_easy in (False, True):
        with easy_words.asked(are_easy):
            visitor = Visitor(page)
            visitor.begin("named", name=f"Easy {are_easy}", submitter_type="academia")
            seen = visitor.text("part", 2)
            assert ("en-simple:What should weigh most?" in seen) is are_easy
            assert ("Standard text" if are_easy else "Easy words") in seen
            visitor.answer_all(view="The unit.")
            assert visitor.submit().status_code == 302
    first, second = Response.objects.order_by("pk")
    assert first.consultation_id == second.consultation_id == page.pk
    answers = [each.versions.get().answers for each in (first, second)]
    assert answers[0] == answers[1]


def test_the_browser_goes_on_under_either_address(consultations, client):
    """What opens an answer is left for the standard address and that of easy words, no further."""
    page = translate(consultation_that_asks(), EASY)
    with easy_words.asked():
        visitor = Visitor(page)
        visitor.begin("anonymous")
    cookies = visitor.client.cookies
    own = reverse("responses:start", args=[page.slug])
    assert cookies["handle-en"]["path"] == own
    assert cookies["handle-en-simple"]["path"] == easy_words.within(own)
    visitor = visitor.client.get(reverse("responses:tasks", args=[page.slug]))
    assert visitor.status_code == 200


def filled(form):
    for name, letter in (("identity", "c"), ("submitter_type", "a"), ("language", "a")):
        start = form.index(f"[[{name}]]")
        form = form[:start] + form[start:].replace(f"[ ] {letter}.", f"[x] {letter}.", 1)
    start = form.index("[[1]]")
    form = form[:start] + form[start:].replace("[ ] a.", "[x] a.", 1)
    return form.replace("[[2]]\r\n", "[[2]]\r\nThe unit.", 1)


def test_a_form_in_easy_words_is_read_back_as_the_same_answers(page, client):
    words = everything(page, EASY)
    del words["questions.which.help"]
    page = translate(page, EASY, words)
    with easy_words.asked():
        address = reverse("calls:form_text", args=[page.slug])
    form = client.get(address).content.decode("utf-8-sig")
    assert "1. en-simple:Where do you work?" in form
    assert "(Standard text)" in form
    for are_easy in (False, True):
        with easy_words.asked(are_easy):
            reading = parsing.read(filled(form), page.in_language())
        assert reading.answers["works"]["value"]["choice"] == "firm"
        assert reading.answers["view"]["value"] == "The unit."
        assert reading.notes == []


# -- what staff notice -----------------------------------------------------------------------------


def address(page, name="consultation_text"):
    return reverse(name, args=[page.pk, EASY])


def typed(page, version=0, **words):
    return {"save": "1", "version": version, **dict.fromkeys(everything(page), ""), **words}


def test_easy_words_are_written_in_the_same_place_and_approved_by_somebody_else(page, client):
    client.force_login(editor())
    listed = client.get(reverse("consultation_texts", args=[page.pk])).content.decode()
    assert "Easy words, English" in listed
    assert "Easy words, Français" in listed
    client.post(address(page), typed(page, title="Warning signs"))
    client.post(address(page), {"submit": "1", "reason": ""})
    text = ConsultationText.objects.get()
    with pytest.raises(PermissionDenied):
        approve(consultation=page, language=EASY, by=text.submitted_by, version=text.version)
    assert "Warning signs" not in html_of(client, page)
    client.force_login(editor())
    client.post(address(page), {"approve": "1", "version": text.version})
    assert "Warning signs" in html_of(client, page)
    assert "Warning signs" not in html_of(client, page, path="")


def test_a_language_that_the_portal_does_not_speak_has_no_easy_words(page, client):
    client.force_login(editor())
    for tag in ("xx-simple", "en-easy", "simple", "en"):
        assert client.get(reverse("consultation_text", args=[page.pk, tag])).status_code != 200
        with pytest.raises(ValidationError):
            save_words(consultation=page, language=tag, by=editor(), words={"title": "x"})


def test_once_people_answer_other_easy_words_need_a_reason_and_are_a_corrigendum(easy, client):
    changed = {"questions.works.options.firm": "I work in a firm"}
    with pytest.raises(ValidationError) as refused:
        translate(easy, EASY, changed)
    assert "reason" in refused.value.message_dict
    with pytest.raises(ValidationError, match="not none"):
        translate(easy, EASY, {**changed, "questions.view.text": ""}, reason="A word was wrong.")
    # What was refused is still a draft: the words come back.
    words = {**changed, "questions.view.text": everything(easy, EASY)["questions.view.text"]}
    translate(easy, EASY, words, reason="A word was wrong.")
    assert Corrigendum.objects.get().language == EASY
    assert "A word was wrong." in html_of(client, easy)
    assert "A word was wrong." not in html_of(client, easy, path="")


def test_a_corrigendum_of_the_original_takes_the_easy_words_away_until_they_are_written_anew(
    easy, client
):
    issue_corrigendum(
        consultation=easy,
        by=editor(),
        question_id="view",
        text="What should weigh the most?",
        reason="A word was missing.",
    )
    soup = soup_of(client, easy)
    assert "What should weigh the most? Standard text" in " ".join(
        soup.select_one("#question-2").text.split()
    )


def test_easy_words_that_come_after_the_opening_are_dated(easy, client):
    text = ConsultationText.objects.get()
    since = (easy.opens_at + timedelta(days=1)).isoformat()
    text.published = {key: {**told, "since": since} for key, told in text.published.items()}
    text.save()
    assert "The easy words were added on" in html_of(client, easy)
    assert "were added on" not in html_of(client, easy, path="")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("<p>One.</p><ul><li>Two.</li><li><b>Three.</b></li></ul>", None),
        ('<p>One. <a href="https://example.org/">Two</a>.</p>', "has not"),
        ("<p>One.<script>x</script></p>", "has not"),
        ("<p>One.</p><ul><li>Two.</ul>", "not closed"),
    ],
)
def test_easy_words_part_a_text_otherwise_and_add_no_link(page, words, told):
    def save():
        key = f"background.{page.background[0].id}"
        save_words(consultation=page, language=EASY, by=editor(), words={key: words})
        return submit(consultation=page, language=EASY, by=editor())

    if told is None:
        assert save().words
    else:
        with pytest.raises(ValidationError, match=told):
            save()


def test_a_link_of_the_original_may_be_left_out(consultations):
    link = '<p>See <a href="https://example.org/">this</a>.</p>'
    page = ConsultationPageFactory(background=[("paragraph", link)])
    words = {f"background.{page.background[0].id}": "<p>See.</p>"}
    assert translate(page, EASY, words).text_languages == [EASY]
    with pytest.raises(ValidationError, match="lacks tags"):
        translate(page, "fr", words)


def test_a_file_of_easy_words_goes_out_and_comes_back_and_is_no_file_of_the_language(page, client):
    client.force_login(editor())
    data = client.get(address(page, "consultation_text_file")).content
    catalogue = read_po(BytesIO(data))
    for message in catalogue:
        if message.id:
            message.string = everything(page, EASY)[message.context]
    out = BytesIO()
    write_po(out, catalogue, width=0)
    for tag, status in (("fr", 422), ("fr-simple", 422), (EASY, 200)):
        file = SimpleUploadedFile("x.po", out.getvalue())
        upload = reverse("consultation_text_upload", args=[page.pk, tag])
        assert client.post(upload, {"file": file}).status_code == status
    text = ConsultationText.objects.get()
    assert text.language == EASY
    assert {key: told["text"] for key, told in text.words.items()} == everything(page, EASY)
