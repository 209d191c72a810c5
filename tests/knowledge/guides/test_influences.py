"""A guide says which part of it a consultation changed, and the consultation says so too."""

import json

import pytest
from bs4 import BeautifulSoup

from knowledge.guides.models import GuideInfluence, GuidePage
from portal.cms.wings.influences import choices
from tests.consultations.factories import ConsultationPageFactory
from tests.knowledge.factories import GuidePageFactory
from tests.portal.cms.admin_forms import edit_address, filled_in

pytestmark = pytest.mark.django_db

PART = "How to use it"


@pytest.fixture
def asked(site_tree):
    return ConsultationPageFactory(title="On red flags", outcome=True)


@pytest.fixture
def guide(site_tree, asked):
    """A guide whose second part a consultation changed."""
    page = GuidePageFactory(title="Plates")
    page.influences.add(
        GuideInfluence(consultation=asked.docket, part=PART, what="It names the route now.")
    )
    page.save()
    return page


def soup(client, page):
    return BeautifulSoup(client.get(page.get_url()).content, "html.parser")


def typed(client, guide, **row):
    """The form of a guide as it is sent, with its headings and one row of what changed."""
    body = [(heading["type"], heading["value"]) for heading in guide.body.raw_data]
    data = filled_in(client, edit_address(guide)) | {"body-count": str(len(body))}
    for place, (kind, value) in enumerate(body):
        of_one = {"deleted": "", "order": str(place), "type": kind, "id": ""}
        if kind == "heading":
            of_one |= {"value-text": value["text"], "value-level": value["level"]}
        else:
            of_one["value"] = json.dumps({"blocks": [], "entityMap": {}})
        data |= {f"body-{place}-{key}": each for key, each in of_one.items()}
    data |= {"influences-TOTAL_FORMS": "1", "influences-INITIAL_FORMS": "0"}
    return data | {f"influences-0-{key}": value for key, value in {"ORDER": "1", **row}.items()}


def test_it_is_said_about_the_guide_and_at_the_part_itself(client, guide, asked):
    page = soup(client, guide)
    told = page.find(id="guide-influences").find_next("ul")
    assert "It names the route now." in told.get_text()
    part, consultation = told.select("a")
    assert page.find(id=part["href"].removeprefix("#")).get_text() == part.get_text() == PART
    assert (consultation["href"], consultation.get_text()) == (
        f"{asked.get_url()}#outcome",
        "On red flags",
    )
    [note] = page.select(".changed-part")
    assert note.find_previous(["h2", "h3"]).get_text() == PART
    assert note.a["href"] == consultation["href"]
    assert client.get(consultation["href"]).status_code == 200


def test_a_change_of_the_whole_guide_has_no_part(client, guide):
    GuideInfluence.objects.update(part="")
    page = soup(client, guide)
    assert "The whole guide" in page.find(id="guide-influences").find_next("ul").get_text()
    assert not page.select(".changed-part")


def test_the_consultation_says_what_came_of_it(client, guide, asked):
    section = soup(client, asked).find(id="came-of-it").find_parent("section")
    assert section.a.get_text() == f"Plates: {PART}"
    assert section.a["href"] == f"{guide.get_url()}#how-to-use-it"
    assert "It names the route now." in section.get_text()


@pytest.mark.parametrize("how", ["restricted", "withdrawn"])
def test_neither_page_tells_of_one_that_is_not_for_everybody(client, guide, asked, how):
    def hide(page):
        if how == "restricted":
            page.view_restrictions.create(restriction_type="login")
        else:
            page.unpublish()

    hide(guide)
    assert soup(client, asked).find(id="came-of-it") is None
    guide.view_restrictions.all().delete()
    GuidePage.objects.filter(pk=guide.pk).update(live=True)
    hide(asked)
    html = client.get(guide.get_url()).content.decode()
    assert "guide-influences" not in html
    assert "On red flags" not in html


def test_a_draft_of_a_change_is_not_shown(client, guide, asked):
    GuideInfluence.objects.all().delete()
    draft = GuidePage.objects.get(pk=guide.pk)
    draft.influences.add(GuideInfluence(consultation=asked.docket, what="Not approved."))
    draft.save_revision()
    assert "Not approved." not in client.get(guide.get_url()).content.decode()
    assert soup(client, asked).find(id="came-of-it") is None


def test_editors_choose_among_what_has_opened(site_tree, asked):
    ConsultationPageFactory(title="Still planned", scheduled=True)
    ConsultationPageFactory(title="A draft", live=False)
    assert choices() == [(asked.docket, f"{asked.docket}: On red flags")]


def test_a_heading_that_is_not_there_is_told_at_its_field_and_kept(client, asked, editor):
    guide = GuidePageFactory(live=False)
    client.force_login(editor)
    row = {"consultation": asked.docket, "part": "How to drop it", "what": "It names the route."}
    answer = client.post(edit_address(guide), typed(client, guide, **row))
    assert answer.status_code == 200
    form = BeautifulSoup(answer.content, "html.parser")
    field = form.find(attrs={"name": "influences-0-part"})
    assert field["value"] == "How to drop it"
    assert "The text has no heading “How to drop it”. It has these:" in form.get_text()
    assert form.find(attrs={"name": "influences-0-what"})["value"] == "It names the route."
    assert not GuidePage.objects.get(pk=guide.pk).get_latest_revision()


@pytest.mark.parametrize("part", [PART, ""])
def test_a_row_that_is_right_is_kept(client, asked, editor, part):
    guide = GuidePageFactory(live=False)
    client.force_login(editor)
    row = {"consultation": asked.docket, "part": part, "what": "It names the route."}
    answer = client.post(edit_address(guide), typed(client, guide, **row))
    assert answer.status_code == 302
    kept = GuidePage.objects.get(pk=guide.pk).get_latest_revision_as_object()
    assert [(each.consultation, each.part) for each in kept.influences.all()] == [
        (asked.docket, part)
    ]


def test_a_consultation_that_is_none_is_told_at_its_field(client, asked, editor):
    guide = GuidePageFactory(live=False)
    client.force_login(editor)
    row = {"consultation": "ECHRI-1900-01", "part": "", "what": "It names the route."}
    answer = client.post(edit_address(guide), typed(client, guide, **row))
    assert answer.status_code == 200
    assert "ECHRI-1900-01 is not one of the available choices" in answer.content.decode()


def test_queries_do_not_grow_with_what_consultations_changed(
    client, guide, asked, django_assert_num_queries, django_assert_max_num_queries
):
    client.get(guide.get_url())
    with django_assert_max_num_queries(18) as few:
        client.get(guide.get_url())
    other = ConsultationPageFactory(outcome=True)
    for number in range(6):
        ref = [asked, other][number % 2].docket
        GuideInfluence.objects.create(guide=guide, consultation=ref, part=PART, what="More.")
    with django_assert_num_queries(len(few)):
        client.get(guide.get_url())
