"""What makes a guide trusted: what it is in law, who reviewed it, which states used it."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import PageViewRestriction

from knowledge.fact_checks.actions import answering
from knowledge.guide_files.models import GuideFile
from knowledge.guide_files.rendering import html_of
from knowledge.guides.citing import is_cited
from knowledge.guides.models import (
    GuideChange,
    GuideDocument,
    GuideEntry,
    GuideInfluence,
    GuidePage,
    InstitutionReview,
    StateUse,
)
from knowledge.guides.versions.actions import keep_version
from knowledge.guides.versions.comparisons import compared
from knowledge.guides.versions.content import frozen, shown
from portal.cms.texts.pages import segments_of
from portal.stakeholders.models import State
from tests.consultations.factories import ConsultationPageFactory
from tests.knowledge.fact_checks.building import asked, opened
from tests.knowledge.factories import GuidePageFactory, ListEntryFactory, SourceFactory, cite
from tests.knowledge.guides.test_influences import typed
from tests.portal.cms.admin_forms import edit_address

pytestmark = pytest.mark.django_db

STATUS = "Advice of a ministry. It binds nobody."


@pytest.fixture
def guide(site_tree):
    rests = f"<p>Ask{cite(SourceFactory().key)}.</p>"
    return GuidePageFactory(title="Asking", legal_status=STATUS, text=rests)


@pytest.fixture
def norway():
    return State.objects.get(iso2="NO")


def reviewed(guide, **fields):
    told = {"institution": "Institute of Trade", "reviewed_on": date(2026, 2, 1), **fields}
    return InstitutionReview(guide=guide, **told)


def used(guide, state, **fields):
    told = {"year": 2025, "what": "It trains officers with it.", "address": "https://gov.example/a"}
    return StateUse(guide=guide, state=state, **told | fields)


def soup(client, page):
    return BeautifulSoup(client.get(page.get_url()).content, "html.parser")


def text(element) -> str:
    return " ".join(element.get_text().split())


def test_what_it_is_in_law_stands_at_its_head(client, guide):
    told = [text(each) for each in soup(client, guide).select(".guide__status > li")]
    assert f"What it is in law: {STATUS}" in told


def test_what_it_is_in_law_stands_on_paper_and_in_what_machines_read(guide):
    assert STATUS in html_of(guide)
    assert guide.linked_data()["usageInfo"]["text"] == STATUS


def test_what_it_is_in_law_is_translated(guide):
    assert "legal_status" in [each.key for each in segments_of(guide)]


@pytest.mark.parametrize(
    ("kind", "is_asked"),
    [
        *((each, True) for each in ("law", "guidance", "best-practice", "template", "checklist")),
        *((each, False) for each in ("case-study", "training", "report")),
    ],
)
def test_what_tells_others_what_to_do_says_what_it_is_in_law(guide, kind, is_asked):
    guide.document_type, guide.legal_status = kind, " "
    assert ("legal_status" in guide.missing(timezone.now())) is is_asked
    guide.legal_status = STATUS
    assert "legal_status" not in guide.missing(timezone.now())


def test_an_institution_is_named_with_its_day_and_what_it_said(client, guide):
    reviewed(guide, address="https://institute.example/said").save()
    reviewed(guide, institution="Other Institute").save()
    found = soup(client, guide).find(id="guide-reviewed").find_next("ul")
    assert [text(each) for each in found("li")] == [
        "Reviewed by Institute of Trade on 1 February 2026",
        "Reviewed by Other Institute on 1 February 2026",
    ]
    assert [each["href"] for each in found("a")] == ["https://institute.example/said"]


@time_machine.travel("2026-06-01T12:00Z")
def test_a_review_is_not_in_the_future(guide):
    reviewed(guide, reviewed_on=date(2026, 6, 1)).clean()
    with pytest.raises(ValidationError) as error:
        reviewed(guide, reviewed_on=date(2026, 6, 2)).clean()
    assert list(error.value.message_dict) == ["reviewed_on"]


def test_a_state_that_used_it_stands_on_both_pages(client, guide, norway):
    used(guide, norway).save()
    here = soup(client, guide).find(id="guide-used").find_next("ul")
    assert "Norway, 2025" in text(here)
    assert "It trains officers with it." in text(here)
    assert [each["href"] for each in here("a")] == ["/en/states/no/", "https://gov.example/a"]
    there = BeautifulSoup(client.get("/en/states/no/").content, "html.parser")
    listed = there.find("h2", string="Guides that this state used").find_next("ul")
    for said in ("Asking", "It trains officers with it.", "Used in 2025", "Source: gov.example"):
        assert said in text(listed)
    assert listed.a["href"] == f"{guide.get_url()}#guide-used"
    assert "Guides that this state used" not in client.get("/en/states/dk/").content.decode()


def test_a_state_s_page_tells_nothing_of_a_guide_that_nobody_may_read(client, guide, norway):
    used(guide, norway).save()
    guide.unpublish()
    assert "Guides that this state used" not in client.get("/en/states/no/").content.decode()


def test_a_claim_about_a_state_needs_an_address_or_a_source(guide, norway):
    with pytest.raises(ValidationError) as error:
        used(guide, norway, address="").clean()
    assert list(error.value.message_dict) == ["address"]
    used(guide, norway, address="", source=SourceFactory()).clean()


@pytest.mark.parametrize("year", [1600, 9999])
def test_a_year_of_use_can_be(guide, norway, year):
    with pytest.raises(ValidationError) as error:
        used(guide, norway, year=year).clean()
    assert list(error.value.message_dict) == ["year"]


def test_a_source_of_a_claim_leads_to_its_page_and_is_not_deleted(client, guide, norway):
    source = SourceFactory(title="White paper")
    assert not is_cited(source)
    used(guide, norway, address="", source=source).save()
    assert source.get_absolute_url() in str(
        soup(client, guide).find(id="guide-used").find_next("ul")
    )
    assert is_cited(source)


def test_errors_stand_at_their_fields_and_what_was_typed_is_kept(admin_client_of, guide):
    client = admin_client_of
    rows = {"institution_reviews-TOTAL_FORMS": "1", "institution_reviews-INITIAL_FORMS": "0"}
    rows |= {"state_uses-TOTAL_FORMS": "1", "state_uses-INITIAL_FORMS": "0"}
    of_review = {
        "institution": "Institute",
        "reviewed_on": "2099-01-01",
        "address": "",
        "ORDER": "1",
    }
    of_use = {"state": "", "year": "20255", "what": "Typed", "address": "", "ORDER": "1"}
    data = typed(client, guide) | rows | {"influences-TOTAL_FORMS": "0"}
    data |= {f"institution_reviews-0-{key}": value for key, value in of_review.items()}
    data |= {f"state_uses-0-{key}": value for key, value in of_use.items()}
    response = client.post(edit_address(guide), data)
    assert response.status_code == 200
    html = response.content.decode()
    for said in ("This day is still to come.", "Give an address where anyone can read this"):
        assert said in html
    assert 'value="2099-01-01"' in html
    assert 'value="Typed"' in html


@pytest.fixture
def admin_client_of(client, site_tree, settings):
    from portal.stakeholders.roles import EDITOR
    from tests.factories import UserFactory

    settings.STAFF_MFA_REQUIRED = False
    client.force_login(UserFactory(role=EDITOR))
    return client


def test_a_version_keeps_it_and_two_are_compared(guide, norway):
    guide.legal_status = ""
    before = frozen(guide)
    assert {"legal_status", "reviewed_by", "used_by"}.isdisjoint(before), "an old digest stands"
    guide.legal_status = STATUS
    reviewed(guide).save()
    used(guide, norway).save()
    after = frozen(_again(guide))
    told = {each.label: "".join(w.text for w in each.words) for each in compared(before, after)}
    assert told["What it is in law"] == STATUS
    assert "Institute of Trade" in told["Review by an institution"]
    assert "Norway, 2025" in told["Use by a state"]
    version = keep_version(_again(guide), timezone.now())
    assert shown(version).guide.legal_status == STATUS


def _again(guide):
    """The guide with what was saved beside it."""
    status = guide.legal_status
    found = GuidePage.objects.get(pk=guide.pk)
    found.legal_status = status
    GuidePage.objects.filter(pk=guide.pk).update(legal_status=status)
    return found


def test_the_page_of_a_version_says_who_reviewed_and_who_used_it(client, guide, norway):
    reviewed(guide).save()
    used(guide, norway).save()
    used(guide, norway, address="", source=SourceFactory(key="white-paper")).save()
    keep_version(_again(guide), timezone.now())
    InstitutionReview.objects.all().delete()
    StateUse.objects.all().delete()
    page = BeautifulSoup(client.get(f"{guide.get_url()}versions/1/").content, "html.parser").main
    assert f"What it is in law {STATUS}" in text(page)
    assert "Reviewed by Institute of Trade on 1 February 2026" in text(page)
    assert "Norway, 2025 It trains officers with it. Source: gov.example" in text(page)
    assert page.find("a", string="white-paper")["href"] == "/en/sources/white-paper/"


def test_a_version_from_before_is_still_shown(guide):
    version = keep_version(guide, timezone.now())
    del version.content["legal_status"]
    assert shown(version).guide.legal_status == ""


@pytest.mark.parametrize("above", [0, 1, 2])
def test_a_guide_that_is_not_for_everybody_is_shown_to_nobody_else(client, guide, above):
    assert client.get(guide.get_url()).status_code == 200
    page = [guide, guide.get_parent(), guide.get_parent().get_parent()][above]
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get(guide.get_url()).status_code == 302


def everything(guide, norway):
    """Give a guide some of all that a guide can have."""
    for number in range(3):
        document = get_document_model()(
            title=f"File {number}", file=ContentFile(b"x", name="form.txt")
        )
        document._set_document_file_metadata()
        document.save()
        GuideDocument.objects.create(guide=guide, document=document)
        GuideChange.objects.create(guide=guide, changed_on=date(2026, 1, 1), note="A note")
        GuideEntry.objects.create(guide=guide, entry=ListEntryFactory())
        call = ConsultationPageFactory(outcome=True)
        GuideInfluence.objects.create(guide=guide, consultation=call.docket, what="Names a route.")
        reviewed(guide).save()
        used(guide, norway, year=2020 + number, source=SourceFactory()).save()
    said = {"section": 0, "kind": "correct", "wrong": "", "evidence": "", "evidence_url": ""}
    answering.send(expert=asked(opened(guide)), answers=[said], may_be_named=True)
    keep_version(guide, timezone.now())
    published = datetime(2026, 1, 1, tzinfo=UTC)
    GuidePage.objects.filter(pk=guide.pk).update(last_published_at=published)
    GuideFile.objects.create(
        guide=guide,
        published_at=published,
        digest="a",
        checked_on=date(2026, 1, 1),
        size=5,
        content=b"%PDF-",
    )


def test_a_plain_guide_asks_little(client, site_tree, django_assert_num_queries):
    guide = GuidePageFactory(title="Plain", text=f"<p>Read it{cite(SourceFactory().key)}.</p>")
    client.get(guide.get_url())
    with django_assert_num_queries(7):
        client.get(guide.get_url())


def test_a_guide_that_has_everything_asks_no_more_than_is_said(
    client, guide, norway, django_assert_max_num_queries
):
    everything(guide, norway)
    client.get(guide.get_url())
    with django_assert_max_num_queries(15):
        html = client.get(guide.get_url()).content.decode()
    for part in (
        "files",
        "changes",
        "influences",
        "reviewed",
        "used",
        "take-along",
        "facts-checked",
    ):
        assert f'id="guide-{part}"' in html
