"""What machines are told of a page: its one address, what it is, how it is cited."""

import json

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.consultations.moderation.building import screener
from tests.consultations.publication.building import published
from tests.factories import OrganisationFactory, UserFactory
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db
HOST = "https://portal.example"


@pytest.fixture(autouse=True)
def site(site_tree, settings):
    settings.BASE_URL = HOST


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "html.parser")


def linked(page):
    [script] = page.select('script[type="application/ld+json"]')
    return json.loads(script.string)


def tags(page):
    found = {}
    for tag in page.select('meta[name^="citation_"]'):
        found.setdefault(tag["name"].removeprefix("citation_"), []).append(tag["content"])
    return found


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/en/", "/en/"),
        ("/en/guides/?commitment=licensing", "/en/guides/"),
        ("/en/consultations/?page=1", "/en/consultations/"),
        ("/en/states/be/", "/en/states/be/"),
        ("/record/", "/record/"),
    ],
)
def test_a_page_has_one_address_whatever_was_added_to_it(client, asked, canonical):
    page = shown(client, asked)
    assert page.select_one('link[rel="canonical"]')["href"] == HOST + canonical
    assert page.select_one('meta[property="og:url"]')["content"] == HOST + canonical
    title = page.select_one('meta[property="og:title"]')["content"]
    assert title
    assert title in page.title.text


@pytest.mark.parametrize(
    "address",
    ["/en/resume/", "/en/before-you-answer/", "/record/verify/", "/en/search/?q=a"],
)
def test_of_confidential_pages_and_of_searches_nothing_is_told(client, address):
    page = shown(client, address)
    assert (
        page.select("link[rel=canonical], link[rel=manifest], meta[property], script:not([src])")
        == []
    )


def test_a_guide_is_a_learning_resource_of_its_owner(client):
    guide = GuidePageFactory(title="Red flags </script><b>", owner_unit="Licensing desk")
    page = shown(client, guide.url)
    told = linked(page)
    assert told["@type"] == "LearningResource"
    assert told["@id"] == HOST + guide.url
    assert told["name"] == "Red flags </script><b>"
    assert told["creator"] == {"@type": "Organization", "name": "Licensing desk"}
    assert told["inLanguage"] == guide.content_language
    assert told["dateModified"] == guide.last_published_at.date().isoformat()
    assert all(told.values())


def test_a_reference_manager_reads_a_guide_as_a_report(client):
    """Zotero takes a page with an institution for a report, and reads these fields of one."""
    guide = GuidePageFactory(title="Red flags", owner_unit="Licensing desk")
    told = tags(shown(client, guide.url))
    assert told["title"] == ["Red flags"]
    assert told["technical_report_institution"] == ["Licensing desk"]
    assert told["publication_date"] == [f"{guide.last_published_at:%Y/%m/%d}"]
    assert told["public_url"] == [HOST + guide.url]
    assert "author" not in told


def test_a_consultation_is_an_event_until_its_deadline(client):
    host = OrganisationFactory(name="Export Office")
    page = ConsultationPageFactory(host=host)
    told = linked(shown(client, page.url))
    assert told["@type"] == "Event"
    assert told["startDate"] == page.opens_at.isoformat()
    assert told["endDate"] == page.closes_at.isoformat()
    assert told["organizer"]["name"] == "Export Office"
    assert told["eventStatus"].endswith("EventScheduled")
    cancelled = ConsultationPageFactory(cancelled=True)
    assert linked(shown(client, cancelled.url))["eventStatus"].endswith("EventCancelled")


def test_published_responses_and_the_record_are_data_sets(client):
    page = ConsultationPageFactory(questionnaire=True, closed=True)
    address = f"{page.url}responses/"
    assert shown(client, address).select('script[type="application/ld+json"]') == []
    published(page, screener(), at=timezone.now())
    told = linked(shown(client, address))
    assert told["@type"] == "Dataset"
    for each in [*told["distribution"], *linked(shown(client, "/record/"))["distribution"]]:
        answer = client.get(each["contentUrl"].removeprefix(HOST))
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith(each["encodingFormat"])


@pytest.mark.parametrize(
    ("sent", "authors"),
    [
        ({"identity": "named", "name": "Ana Vrba"}, ["Ana Vrba"]),
        ({"identity": "organisation", "name": ""}, ["Riverside Institute"]),
        ({"identity": "anonymous", "name": "", "organisation_name": ""}, None),
    ],
)
def test_a_response_is_cited_by_the_name_that_was_given_to_it(client, sent, authors):
    page = ConsultationPageFactory(questionnaire=True, closed=True)
    copy = published(page, screener(), at=timezone.now(), signatories=[("Bo Lind", True)], **sent)
    reference = copy.response.reference
    told = tags(shown(client, f"{page.url}responses/{reference}/"))
    assert told.get("author") == authors
    assert told["technical_report_number"] == [reference]
    assert told["public_url"] == [f"{HOST}/r/{reference}"]
    assert page.title in told["title"][0]


def test_guides_consultations_and_comments_say_how_they_are_cited(client):
    guide = GuidePageFactory()
    page = ConsultationPageFactory(slug="signs")
    comment = comment_on(page, author=UserFactory(name="Ana Vrba"))
    cited = {
        guide.url: (guide.title, guide.owner_unit, HOST + guide.url),
        page.url: (page.title, page.docket, HOST + page.url),
        f"{page.url}discussion/history/{comment.pk}/": (
            "Ana Vrba",
            page.title,
            f"http://testserver/c/{comment.pk}",
        ),
    }
    for address, words in cited.items():
        told = shown(client, address).select_one(".response__citation").text
        assert [each for each in words if each not in told] == [], address
