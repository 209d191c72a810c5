"""What people type into the search who come to take part, or with a reference in hand."""

import pytest
from bs4 import BeautifulSoup

from knowledge.states.actions import refresh_state_cards
from portal.search.pages import refresh
from tests.consultations.factories import ConsultationPageFactory, closed_meanwhile, comment_on
from tests.consultations.moderation.building import screener
from tests.consultations.publication.building import AT, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site_tree):
    """A consultation that asks, among all states and the page that says how to take part."""
    refresh_state_cards()
    refresh(site_tree.take_part)
    return ConsultationPageFactory(title="Warning signs", slug="signs", questionnaire=True)


def found(client, **asked):
    answer = client.get("/en/search/", asked)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def hrefs(soup):
    return [each["href"] for each in soup.select(".teasers .teaser__title a")]


@pytest.mark.parametrize(
    "words", ["anonymous", "anonymously", "deadline", "submit", "submit answer"]
)
def test_what_people_do_here_comes_before_a_state(client, page, words):
    first, second = hrefs(found(client, q=words))[:2]
    assert {first, second} == {"/en/take-part/", page.url}


def test_a_docket_leads_to_its_consultation_above_all_else(client, page):
    other = ConsultationPageFactory(title="Another", questionnaire=True)
    with closed_meanwhile([other, page], AT):
        published(other, screener())
        published(page, screener())
    for typed in (page.docket, page.docket.lower(), page.docket.replace("-", " ")):
        soup = found(client, q=typed)
        assert soup.select_one(".notice a")["href"] == page.url, typed
        assert page.url in hrefs(soup)
        assert other.url not in hrefs(soup) or " " in typed
    assert not found(client, q="ECHRI-2026-99").select(".notice a")


def test_a_reference_finds_the_one_response(client, page):
    with closed_meanwhile([page], AT):
        copy = published(page, screener())
        published(page, screener())
    assert hrefs(found(client, q=copy.response.reference)) == [copy.get_absolute_url()]


def test_a_search_can_be_narrowed_to_one_consultation(client, page):
    comment = comment_on(page, body="Tribunals matter.")
    comment_on(ConsultationPageFactory(title="Another"), body="Tribunals matter.")
    soup = found(client, q="tribunals")
    assert soup.select(f'input[name="consultation"][value="{page.docket}"]')
    assert "Warning signs" in soup.select_one("#narrow").parent.text
    assert hrefs(found(client, q="tribunals", consultation=page.docket)) == [f"/c/{comment.pk}"]
    feed = client.get("/feeds/search/", {"q": "tribunals", "consultation": page.docket})
    assert feed.content.decode().count("<entry") == 1


@pytest.mark.parametrize("value", ["nonsense", "\0", "ECHRI-1999-01", "' OR 1"])
def test_what_is_no_consultation_is_told_and_left_out(client, page, value):
    assert "is not a choice under “Consultation”" in found(client, consultation=value).text


def test_of_a_draft_not_even_the_title_is_told(client, page):
    draft = ConsultationPageFactory(title="Draftcanary", live=False)
    assert "Draftcanary" not in found(client, consultation=draft.docket).text
