"""What pages of other sites may fetch: open data, which is the same for everybody, and no more."""

import json
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from portal.record.models import Entry
from portal.record.sequencer import publish_roots
from portal.stakeholders.roles import ADMINISTRATOR
from tests.consultations.factories import ConsultationPageFactory, closed_meanwhile, comment_on
from tests.consultations.publication.building import public, published
from tests.factories import UserFactory
from tests.portal.record.conftest import DAY

pytestmark = pytest.mark.django_db

# Whoever marks another view makes sure that a session changes nothing of its answer.
MARKED = {
    *("record:script", "record:leaves", "record:checkpoints", "record:consistency"),
    *("record:formats", "record:proof", "record:receipt", "comment_as_recorded"),
    *("publication:export", "publication:as_recorded", "concordance"),
}


def views(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every view that has a name, with the name."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from views(each, f"{each.namespace}:" if each.namespace else space)
        else:
            yield f"{space}{each.name}", each


@pytest.fixture
def open_data(site_tree, moderator):
    """Addresses of every view that is marked; most answer 200."""
    page = ConsultationPageFactory(title="Warning signs", slug="signs", questionnaire=True)
    comment = comment_on(page, body="Plainly shown.")
    with closed_meanwhile([page], timezone.now()):
        copy = published(page, moderator, {"who": public("A school.")}, at=timezone.now())
    publish_roots(at=timezone.now() + DAY)
    entry = Entry.objects.placed().get(leaf=comment.record_leaf)
    responses = "/en/consultations/signs/responses/"
    return [
        *("/record/verify.py", "/record/leaves.jsonl", "/record/checkpoints.json"),
        *("/record/consistency?first=1", "/record/FORMAT.txt"),
        *(f"/record/proof/{entry.leaf}.json", f"/record/{entry.index}/receipt.json"),
        f"/c/{comment.pk}.json",
        *(f"{responses}export.csv", f"{responses}export.json"),
        f"{responses}{copy.response.reference}/record.json",
    ]


def browsers() -> list[Client]:
    """Nobody, somebody, and who may do most."""
    found = [Client(), Client(), Client()]
    found[1].force_login(UserFactory())
    found[2].force_login(UserFactory(role=ADMINISTRATOR, is_superuser=True))
    return found


def test_the_views_that_are_marked_are_these():
    marked = {
        name for name, each in views(get_resolver())
        if getattr(each.callback, "is_open_data", False)
    }  # fmt: skip
    assert marked == MARKED


def test_open_data_is_everybody_s_and_a_session_changes_nothing_of_it(open_data):
    for address in open_data:
        answers = [browser.get(address) for browser in browsers()]
        assert {answer.status_code for answer in answers} == {200}, address
        assert len({answer.getvalue() for answer in answers}) == 1, address
        for answer in answers:
            assert answer["Access-Control-Allow-Origin"] == "*", address
            assert answer["Cross-Origin-Resource-Policy"] == "cross-origin", address
            assert "Access-Control-Allow-Credentials" not in answer, address
            assert not answer.cookies, address


def test_what_is_refused_or_not_there_can_be_read_elsewhere_too(open_data):
    for address in (f"/record/proof/{'0' * 64}.json", "/record/leaves.jsonl?size=x", "/c/9.json"):
        answer = Client().get(address)
        assert answer.status_code in (400, 404)
        assert answer["Access-Control-Allow-Origin"] == "*"


def test_nothing_else_is_handed_to_other_sites(open_data, client):
    member, staff = browsers()[1:]
    pages = [
        *(client.get(path) for path in ("/", "/en/", "/record/", "/record/0/", "/nowhere")),
        *(client.get(path) for path in ("/record/verify/", "/static/portal/portal.css")),
        client.post("/record/verify/", {"receipt": "{}"}),
        *(member.get(path) for path in ("/en/accounts/", "/en/consultations/signs/discussion/")),
        staff.get("/admin/"),
    ]
    for answer in pages:
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in answer


def test_the_json_of_a_comment_is_what_the_record_covers(open_data, client):
    """By the shipped script: the words, the entry, and its place in the export."""
    from portal.record import verify

    [address] = [each for each in open_data if each.startswith("/c/")]
    told = client.get(address).json()
    assert told["content"]["body"] == "Plainly shown."
    assert verify.leaf_of(told).hex() == told["leaf"]
    verify.check_words(told, told["statement"])
    leaves = client.get("/record/leaves.jsonl").getvalue().decode().splitlines()
    assert told["statement"] in [json.loads(line).get("statement") for line in leaves]
