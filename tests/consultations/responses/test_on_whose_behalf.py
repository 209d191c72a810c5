"""On whose behalf companies and the like speak; nobody else is asked, and never the nameless."""

import csv
import io
import json

import pytest

from consultations.moderation import actions as screening
from consultations.publication.models import PublicCopy
from consultations.responses import actions
from consultations.responses.forms.identity import IdentityForm
from consultations.responses.models import Identity, ResponseVersion
from portal.taxonomy.vocabularies import SUBMITTER_TYPE
from tests.consultations.factories import closed_meanwhile
from tests.consultations.moderation.building import AT, screener
from tests.consultations.responses.builders import COMPANY, NOBODY, consultation_that_asks, sent
from tests.consultations.responses.walk import Visitor

pytestmark = pytest.mark.django_db
FIELDS = {"on_behalf_of", "register_number"}
ASKED = {"company", "trade-body", "consultancy", "law-firm", "think-tank"}
SAID = {"on_behalf_of": "Acme Lenses", "register_number": "EU 123-45"}


@pytest.fixture
def page(consultations):
    return consultation_that_asks(asks_on_behalf=True)


@pytest.mark.parametrize("asks", [True, False])
@pytest.mark.parametrize("identity", Identity.values)
@pytest.mark.parametrize("kind", SUBMITTER_TYPE.keys)
def test_who_is_asked_is_a_matter_of_group_and_way(kind, identity, asks):
    data = {
        "identity": identity,
        "name": "Ada",
        "organisation_name": "Lens Works",
        "submitter_type": kind,
        "language": "en",
        **SAID,
    }
    form = IdentityForm(data, anonymous_allowed=True, asks_on_behalf=asks)
    is_asked = asks and kind in ASKED and identity != Identity.ANONYMOUS
    assert FIELDS.issubset(form.fields) == is_asked
    assert FIELDS.isdisjoint(form.fields) != is_asked
    assert form.is_valid(), form.errors
    kept = {name: form.details()[name] for name in FIELDS}
    assert kept == (SAID if is_asked else dict.fromkeys(FIELDS, ""))


@pytest.mark.parametrize("identity", Identity.values)
@pytest.mark.parametrize("kind", SUBMITTER_TYPE.keys)
def test_what_is_sent_says_it_only_of_those_who_are_asked(page, kind, identity):
    """Even where somebody's details have it, however they came there."""
    sent(page, identity=identity, details={**COMPANY, "submitter_type": kind, **SAID})
    version = ResponseVersion.objects.get()
    is_asked = kind in ASKED and identity != Identity.ANONYMOUS
    assert version.represents == (SAID if is_asked else {})
    assert ("represents" in version.content()) == is_asked


def test_first_it_is_known_who_speaks_and_then_it_is_asked(page):
    visitor = Visitor(page)
    visitor.send("identity", {"identity": "organisation"})
    typed = {
        "identity": "organisation",
        "organisation_name": "Lens Works",
        "submitter_type": "consultancy",
        "place": "",
        "language": "en",
    }
    first = visitor.client.post(visitor.at("identity"), typed)
    assert first.status_code == 200
    text = first.content.decode()
    assert "On whose behalf you speak" in text
    assert "Lens Works" in text
    assert "There is a problem" not in text
    assert visitor.client.post(visitor.at("identity"), {**typed, **SAID}).status_code == 302
    assert "On whose behalf" not in Visitor(page).text("identity")


@pytest.mark.parametrize("kind", ["civil-society", "individual"])
def test_civil_society_goes_on_without_seeing_the_question(page, kind):
    answer = Visitor(page).begin("named", name="Ada", submitter_type=kind)
    assert "On whose behalf" not in answer.content.decode()


def published(page, details):
    response, _code = sent(page, identity=Identity.ORGANISATION, details=details)
    by = screener(email="by@staff.example", name="By")
    screening.accept(response=response, by=by, handling="public", reason="within-rules")
    with closed_meanwhile([page], AT):
        screening.publish_accepted(consultation=page, by=by, at=AT)
    return PublicCopy.objects.get(response=response)


@pytest.mark.parametrize(
    ("said", "shown"), [(SAID, ("Acme Lenses", "EU 123-45")), ({}, ("not stated", "not stated"))]
)
def test_it_is_published_and_exported_or_said_not_to_be_stated(page, client, said, shown):
    copy = published(page, {**COMPANY, **said})
    text = client.get(copy.get_absolute_url(), follow=True).content.decode()
    assert "On behalf of" in text
    assert all(each in text for each in shown)
    index = f"/en/consultations/{page.slug}/responses/"
    written = client.get(f"{index}export.csv").getvalue().decode().lstrip("\ufeff")
    row = next(csv.DictReader(io.StringIO(written)))
    assert (row["On behalf of"], row["Register number"]) == shown
    exported = json.loads(client.get(f"{index}export.json").getvalue())["responses"][0]
    assert exported["on_behalf_of"] == said.get("on_behalf_of", "")


def test_of_others_nothing_is_said(page, client):
    copy = published(page, {**COMPANY, "submitter_type": "civil-society", **SAID})
    text = client.get(copy.get_absolute_url(), follow=True).content.decode()
    assert "Acme" not in text
    assert "On behalf of" not in text


def test_a_name_withheld_takes_it_out_of_the_public(page):
    response, _code = sent(page, identity=Identity.ORGANISATION, details={**COMPANY, **SAID})
    by = screener(email="by@staff.example", name="By")
    screening.accept(response=response, by=by, handling="name-withheld", reason="at-risk")
    assert PublicCopy.objects.get(response=response).represents == {}


def test_screeners_read_it_and_a_revision_begins_with_it(page, client):
    response, _code = sent(page, identity=Identity.ORGANISATION, details={**COMPANY, **SAID})
    client.force_login(screener(email="by@staff.example", name="By"))
    text = client.get(f"/admin/responses/{response.reference}/").content.decode()
    assert "Acme Lenses" in text
    draft = actions.begin_revision(response=response, by=NOBODY)
    assert draft.represents == SAID
