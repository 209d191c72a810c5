"""The demonstration's texts: invented, and no claim of theirs points at a real State or a few."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils import timezone

from consultations.calls.models import ConsultationPage
from consultations.publication.models import PublicCopy
from knowledge.guides.models import GuideInfluence
from portal.management.demo.consultations import load_consultations
from portal.management.demo.content import read
from portal.management.demo.guides import load_guides
from portal.management.demo.influences import load_influences
from portal.management.demo.people import load_people
from portal.management.demo.responses import load_responses
from portal.management.library.loading import FOLDER
from portal.management.library.loading.control_lists import load_control_lists
from portal.management.library.loading.sources import load_sources
from portal.stakeholders.models import Organisation

FEW = r"\b(two|three|four|five|six|[2-6]) (wrote|spoke|answered|each|in|for)\b"


@pytest.mark.parametrize(
    ("file", "kind"),
    [("responses.toml", "response"), ("people.toml", "organisation"), ("people.toml", "person")],
)
def test_nobody_who_is_invented_stands_under_a_real_state(file, kind):
    assert [entry for entry in read(file)[kind] if entry.get("state")] == []


def test_an_outcome_tells_no_count_of_a_few():
    told = [each.get("outcome", "") for each in read("consultations.toml")["consultation"]]
    assert any(told)
    assert [found[0] for text in told for found in re.finditer(FEW, text, re.I)] == []


def test_an_organisation_is_verified_everywhere_or_nowhere(site_tree, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    now = timezone.now()
    load_people("a-password-of-this-test")
    load_consultations(now)
    page = ConsultationPage.objects.get(slug="capacity-building-priorities")
    load_responses(now, page)
    known = {each.name: each.is_verified for each in Organisation.objects.all()}
    told = {each.organisation_name: each.is_verified for each in PublicCopy.objects.all()}
    both = known.keys() & told.keys()
    assert {name: told[name] for name in both} == {name: known[name] for name in both}
    assert {known[name] for name in both} == {True, False}


@pytest.mark.parametrize("file", ["comments.toml", "consultations.toml", "responses.toml"])
def test_no_text_speaks_of_a_paper_that_is_nowhere(file):
    assert "background paper" not in str(read(file)).lower()


@pytest.mark.django_db
def test_what_a_consultation_changed_is_told_at_headings_that_guides_have(site_tree, client):
    now = timezone.now()
    call_command("create_site", verbosity=0)
    load_people("a-password-of-this-test")
    load_sources(FOLDER)
    load_control_lists(FOLDER)
    load_guides(now)
    load_consultations(now)
    for _again in range(2):
        load_influences()
    marked = read("influences.toml")["influence"]
    assert GuideInfluence.objects.count() == len(marked) > 0
    for entry in marked:
        page = client.get(f"/en/guides/{entry['guide']}/").content.decode()
        told = BeautifulSoup(page, "html.parser").find(id="guide-influences").find_next("ul")
        assert entry["part"] in [link.get_text() for link in told.select('a[href^="#"]')]
    outcome = client.get("/en/consultations/capacity-building-priorities/").content.decode()
    assert all(entry["what"] in outcome for entry in marked)
    code = BeautifulSoup(client.get("/en/code/").content, "html.parser")
    work, gaps = code.select("table.tally")
    assert "8 points decided" in work.get_text()
    assert "No guide" in gaps.get_text()
