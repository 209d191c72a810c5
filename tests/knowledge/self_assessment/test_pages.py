"""A state or a company walks through its assessment: on paper nothing of it is kept anywhere."""

import json
from datetime import date
from urllib.parse import quote, quote_from_bytes

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from knowledge.self_assessment import copies
from knowledge.self_assessment.copies import Copy
from knowledge.self_assessment.criteria import COMPANIES, STATES, subject
from portal.cms.models import CommitmentPage
from tests.knowledge.factories import GuidePageFactory
from tests.test_bad_input import FORM, JUNK

pytestmark = pytest.mark.django_db
ADDRESS = {STATES: "/en/self-assessment/", COMPANIES: "/en/self-assessment/company/"}


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def sent_on(page, **more):
    """Return what the page's big form sends: what it carries, what is chosen, and a button."""
    [form] = [each for each in page.select("main form") if each.select("input[type=hidden]")]
    told = {}
    for each in form.select("input[name]"):
        if each["type"] == "hidden" or each.has_attr("checked"):
            told[each["name"]] = each.get("value", "")
    return {**told, **more}


def uploaded(asked, answers, day=date(2025, 12, 1)):
    return SimpleUploadedFile("x.json", copies.written(asked, Copy(day, answers)).encode())


@pytest.fixture
def post(client, site_tree):
    def send(about=STATES, **data):
        return client.post(ADDRESS[about], data)

    return send


@pytest.mark.parametrize("about", [STATES, COMPANIES])
def test_each_page_carries_all_answers_to_the_next_until_the_file_holds_them(post, about):
    asked = subject(about)
    page = soup(post(about, act="go-1"))
    expected = {}
    for part in asked.parts:
        assert part.title in page.h1.text
        chosen = {each.key: asked.choices[n % 2] for n, each in enumerate(part.statements)}
        expected |= chosen
        act = f"go-{part.number + 1}" if part.number < len(asked.parts) else "result"
        answer = post(about, **sent_on(page, act=act, **chosen))
        assert answer.status_code == 200
        page = soup(answer)
    kept = post(about, **sent_on(page, act="file"))
    assert kept["Content-Disposition"] == f'attachment; filename="{copies.NAMES[about]}"'
    assert json.loads(kept.content)["answers"] == expected
    assert "no-store" in kept["Cache-Control"]


def test_no_page_sets_a_cookie_or_may_be_kept(post, client):
    for answer in (client.get(ADDRESS[STATES]), post(act="go-3"), post(act="result")):
        assert answer.cookies == {}
        assert "no-store" in answer["Cache-Control"]
    assert post(act="result")["X-Robots-Tag"] == "noindex"


def test_a_form_is_taken_without_a_token(site_tree):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(ADDRESS[STATES], {"act": "go-2"}).status_code == 200


def test_a_statement_may_be_left_open_and_what_nobody_knows_is_no_nought(post):
    page = soup(post(act="result"))
    assert "You have not answered anything yet." in page.text
    assert page.select("table.tally tbody tr")[0].text.count("Not known yet") == 1
    first = subject(STATES).parts[0].statements[0].key
    for said, words in (("unknown", "Not known yet"), ("no", "Level 0 of 4: Starting out")):
        page = soup(post(act="result", **{first: said}))
        assert words in page.select("table.tally tbody tr")[0].text


def test_the_result_says_level_and_next_statement_and_no_total(post):
    asked = subject(STATES)
    law = asked.parts[0]
    answers = {law.statements[0].key: "yes", law.statements[1].key: "unknown"}
    page = soup(post(act="result", **answers))
    row = page.select("table.tally tbody tr")[0]
    assert "At least level 1 of 4: Initial" in row.text
    assert law.statements[1].text in row.text
    assert "Not known: 1 statement" in row.text
    assert row.svg.select('rect[fill="currentColor"]')
    assert law.ask in page.text
    assert len(page.select("table.tally tbody tr")) == 12
    assert "otal" not in page.main.text


def test_two_guides_of_the_stage_at_the_next_level(post):
    first = subject(STATES).parts[0].statements[0].key
    for number in range(3):
        GuidePageFactory(title=f"Law {number}", stages=["legislation"], level="2")
    GuidePageFactory(title="Too early", stages=["legislation"], level="1")
    GuidePageFactory(title="Elsewhere", stages=["transit"], level="2")
    page = soup(post(act="result", **{first: "yes"}))
    [shown] = [each for each in page.select("details") if each.summary.text == "Legislation"]
    assert [each.text for each in shown.select(".teaser__title")] == ["Law 0", "Law 1"]
    assert shown.select_one('a[href*="stage=legislation"]')


@pytest.mark.parametrize("about", [STATES, COMPANIES])
def test_the_result_asks_as_often_with_many_guides_as_with_few(post, about):
    asked = subject(about)
    answers = dict.fromkeys((each.key for each in asked.statements), "no")

    def queries_of_the_result() -> int:
        with CaptureQueriesContext(connection) as queries:
            post(about, act="result", **answers)
        return len(queries)

    GuidePageFactory(stages=["outreach"], level="1", audiences=["exporter"])
    before = queries_of_the_result()
    for stage in ("legislation", "transit", "outreach", "end-use"):
        GuidePageFactory(stages=[stage], level="1", audiences=["exporter"])
    assert queries_of_the_result() == before


@pytest.mark.parametrize("about", [STATES, COMPANIES])
def test_a_file_fills_the_answers_in_and_is_compared_with(post, about):
    asked = subject(about)
    first, second = asked.statements[0].key, asked.statements[1].key
    answer = post(about, act="load", file=uploaded(asked, {first: "yes", second: "no"}))
    page = soup(answer)
    assert "Your answers of 1 December 2025 are filled in." in page.text
    assert page.select_one(f'input[name="{first}"][value="yes"]').has_attr("checked")
    result = soup(post(about, **sent_on(page, act="result", **{second: "yes"})))
    assert "Compared with your file of 1 December 2025." in result.text
    if about == STATES:
        assert "Higher than before" in result.select("table.tally tbody tr")[0].text


def test_a_wrong_file_is_refused_at_the_field_and_no_answer_is_lost(post):
    asked = subject(STATES)
    first = asked.statements[0].key
    wrong = SimpleUploadedFile("x.json", b'{"format": "another"}')
    answer = post(act="compare", file=wrong, **{first: "yes"})
    page = soup(answer)
    assert answer.status_code == 422
    assert page.select_one(".govuk-error-summary a")["href"] == "#id_file"
    assert sent_on(page)[first] == "yes"
    assert "At least level 1 of 4" in page.select("table.tally tbody tr")[0].text
    begun = post(act="load", file=wrong)
    assert begun.status_code == 422
    assert "This is not the file of a self-assessment." in begun.content.decode()
    assert post(act="load").status_code == 422


def test_what_no_page_of_ours_has_sent_is_said_and_the_rest_is_kept(post):
    asked = subject(STATES)
    first, last = asked.statements[0].key, asked.statements[-1].key
    answer = post(act="result", **{first: "perhaps", last: "no", "before": "nonsense"})
    page = soup(answer)
    assert answer.status_code == 422
    assert "Choose one of the answers." in page.text
    assert sent_on(page)[last] == "no"
    assert post(act="go-99").status_code == post(act="no such act").status_code == 200


def test_a_company_sees_the_most_severe_first(post):
    asked = subject(COMPANIES)
    answers = dict.fromkeys((each.key for each in asked.statements), "no")
    answers["identify-people"] = "partly"
    answers["remedy-part"] = "not-applicable"
    page = soup(post(COMPANIES, act="result", **answers))
    shown = [
        each.strong.text for each in page.select("main > div > ol li, main ol li") if each.strong
    ]
    ranked = sorted(
        (each for each in asked.statements if each.key != "remedy-part"), key=lambda each: each.rank
    )
    assert shown == [each.action for each in ranked]


def test_red_flags_stand_beside_the_steps_each_with_its_source(post):
    page = soup(post(COMPANIES, act="go-2"))
    assert "The product is advertised for secret use." in page.text
    assert "Written for this portal" in page.text
    assert "UN Guiding Principles, principle 18" in page.text
    assert "OECD Due Diligence Guidance, step 2" in page.text


def test_another_language_carries_the_answers_along(post, client):
    page = soup(post(act="go-2", **{subject(STATES).statements[0].key: "yes"}))
    assert page.select("nav.languages") == []
    [button] = page.select('button[lang="ar"]')
    assert (button["formaction"], button["value"]) == ("/ar/self-assessment/", "go-2")
    answer = client.post(button["formaction"], sent_on(page, act=button["value"]))
    shown = soup(answer)
    with translation.override("ar"):
        assert subject(STATES).parts[1].statements[0].text in shown.text
    assert sent_on(shown)[subject(STATES).statements[0].key] == "yes"
    result = soup(client.post("/ar/self-assessment/", sent_on(page, act="result")))
    assert result.html["dir"] == "rtl"
    full = result.select_one("table.tally svg rect[fill=currentColor]")
    assert int(full["x"]) > 90, "the first box stands at the right"


@pytest.mark.parametrize(
    ("commitment", "about"), [("capacity", STATES), ("due-diligence", COMPANIES)]
)
def test_the_page_of_a_commitment_leads_there(client, site_tree, commitment, about):
    page = CommitmentPage.objects.get(commitment=commitment, locale__language_code="en")
    assert soup(client.get(page.url)).select_one(f'main a[href="{ADDRESS[about]}"]')
    assert ADDRESS[about] not in client.get("/en/").text


@pytest.mark.parametrize("code", ["fr", "es", "ru", "ar"])
def test_a_translation_says_that_no_native_reader_has_checked_it(client, site_tree, code):
    page = soup(client.get(f"/{code}/self-assessment/"))
    assert page.select_one('.notice a[href="/en/self-assessment/"][hreflang="en"]')
    with translation.override(code):
        title = subject(COMPANIES).parts[2].title
    shown = client.post(f"/{code}/self-assessment/company/", {"act": "go-3"})
    assert title in soup(shown).h1.text


def test_learning_leads_there(client, site_tree):
    page = soup(client.get("/en/learning/"))
    assert page.select_one(f'a[href="{ADDRESS[STATES]}"]')
    assert page.select_one(f'a[href="{ADDRESS[COMPANIES]}"]')


@pytest.mark.parametrize("about", [STATES, COMPANIES])
def test_a_page_is_short_enough_for_a_phone(post, about):
    """Few questions a page, and no more words than somebody reads on a phone."""
    for part in subject(about).parts:
        page = soup(post(about, act=f"go-{part.number}"))
        assert len(page.select("main fieldset")) == len(part.statements) <= 7
        for each in page.select("main details"):
            each.decompose()
        assert len(page.main.text.split()) < 300


def test_the_same_twice_is_the_same_and_another_file_takes_the_place_of_the_first(post):
    asked = subject(STATES)
    first = asked.statements[0].key
    told = {"act": "compare", first: "yes"}
    answers = [
        soup(post(**told, file=uploaded(asked, {first: "no"}, date(2024, 5, 1)))) for _n in range(2)
    ]
    assert answers[0].main.text == answers[1].main.text
    page = soup(post(**sent_on(answers[0], act="compare", file=uploaded(asked, {first: "yes"}))))
    assert "Compared with your file of 1 December 2025." in page.text
    assert "1 May 2024" not in page.text


@pytest.mark.parametrize("act", ["go-2", "result", "file", "load", "compare", "", "go-", "go-²"])
@pytest.mark.parametrize("about", [STATES, COMPANIES])
def test_anything_in_a_form_is_answered(client, site_tree, about, act):
    key = subject(about).statements[0].key
    for junk in JUNK:
        body = "&".join(f"{name}={quote_from_bytes(junk)}" for name in (key, "before", "file"))
        answer = client.generic(
            "POST", ADDRESS[about], f"act={quote(act)}&{body}", content_type=FORM
        )
        assert answer.status_code in (200, 400, 422), (junk, answer.status_code)
