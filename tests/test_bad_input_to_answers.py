"""Whatever is sent to the pages of answers: nothing breaks, and nothing typed is lost."""

import re
from html import unescape
from urllib.parse import quote_from_bytes

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.consultations.factories import ConsultationPageFactory
from tests.consultations.moderation.building import accepted, cleared, published, received
from tests.consultations.responses.walk import Visitor
from tests.test_bad_input import FORM, JUNK, ODD_BODIES

pytestmark = pytest.mark.django_db

QUESTIONS = (
    *("exporter", "who", "indicators", "review", "review-other", "why", "sources"),
    *("sources-other", "clarity", "order-o-train", "order-o-laws", "tools-r-check"),
    *("tools-r-cases", "licences", "since-day", "since-month", "since-year", "evidence-remove"),
)
FIELDS = (
    *("identity", "name", "organisation_name", "submitter_type", "place", "language", "email"),
    *("code", "seen", "revision", "declared", "sure", "answer", "listed", "justification"),
    *("legal_basis", "public-indicators", "to", "who", "text", "receipt", "version", "understood"),
    *("handling", "reason", "note", "question", "outcome", "dispute", "response", "channel"),
    *("removal", "proposal", "appeal", "decision"),
    *("received_on", "expires_at", "translation_only", "words", "into", "unfinished"),
    *(f"q-{each}" for each in QUESTIONS),
    *(f"v-{each}" for each in QUESTIONS),
)
BODIES = [
    *(
        ("&".join(f"{name}={quote_from_bytes(junk)}" for name in FIELDS).encode(), FORM)
        for junk in JUNK
    ),
    # As arrays, under names that are almost ours, and with what should be text as a file.
    ("&".join(f"{name}=1&{name}=2&{name}[]=3&{name}.x=4" for name in FIELDS).encode(), FORM),
    (
        b"".join(
            b'--x\r\nContent-Disposition: form-data; name="%b"; filename="../\xff%%00.pdf"'
            b"\r\n\r\n%%PDF-1.7\r\n" % name.encode()
            for name in FIELDS[:40]
        )
        + b"--x--\r\n",
        "multipart/form-data; boundary=x",
    ),
    *((body.replace(b"body", b"q-indicators"), kind) for body, kind in ODD_BODIES),
]
QUERIES = (
    *("of", "return", "group", "question", "answered", "state", "order", "page", "size"),
    *("first", "second", "version", "status", "consultation", "q", "before", "after"),
)


@pytest.fixture
def page(site_tree, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return ConsultationPageFactory(slug="signs", questionnaire=True)


@pytest.fixture
def staff(db):
    return cleared()


def answering(page, identity="anonymous", **details):
    """Somebody with a draft that could be sent."""
    visitor = Visitor(page, Client(raise_request_exception=False))
    visitor.begin(identity, **details)
    visitor.send("part", {"q-exporter": "yes"}, 1)
    visitor.send("part", {"q-indicators": "The courts."}, 2)
    return visitor


OWN = (
    *("identity/", "resume/", "code/", "forget/", "tasks/", "part/1/", "part/2/", "part/3/"),
    *("part/99/", "confidentiality/", "signatories/", "check/", "discard/", "upload/"),
    *("upload/notes/", "late/", "letter/", "organisation/part/2/", "organisation/check/"),
    *("organisation/ask/", f"sign/{'x' * 20}/", "sign/%00/", f"sign/{'9' * 400}/"),
    "organisation/send-back/",
    *("status/question/9999999999999999999/", "signatories/99999999999999999999/link/"),
    *("attachment/00000000-0000-0000-0000-000000000000/", "attachment/not-a-uuid/"),
)
SENT = (
    *("status/", "revise/", "withdraw/", "sent/", "status/question/1/", "signatories/1/remove/"),
    *("status/appeal/", "organisation/status/appeal/"),
    *("news/", "news/code/", "news/stop/", "status/translation/"),
    "status/alone/",
)


def broken(client, paths, bodies=BODIES):
    """What of it ends in an error of ours."""
    found = []
    for path in paths:
        cache.clear()
        for body, kind in bodies:
            answer = client.generic("POST", path, body, content_type=kind)
            if answer.status_code >= 500:
                found.append((path, body[:60], kind))
    return found


def test_pages_of_an_answer(page):
    visitor = answering(page)
    base = visitor.at("start")
    paths = [base, *(base + each for each in OWN)]
    assert broken(visitor.client, paths) == []
    forged = Client(raise_request_exception=False, enforce_csrf_checks=True)
    forged.cookies = visitor.client.cookies
    assert broken(forged, paths, BODIES[:3]) == []
    visitor = answering(page)
    visitor.submit()
    visitor.come_back()
    assert broken(visitor.client, [base + each for each in SENT]) == []


def test_pages_of_what_is_published_and_of_the_record(page, staff):
    shown = published(page, staff)
    base = f"/en/consultations/signs/responses/{shown.reference}/"
    client = Client(raise_request_exception=False)
    sent = client.post(f"{base}dispute/", {"text": "It was not I."})["Location"]
    paths = [f"{base}dispute/", sent, base, "/record/verify/", "/record/"]
    assert broken(client, paths) == []


def test_pages_of_the_staff(page, staff):
    shown, waiting = published(page, staff), received(page)
    told = accepted(page, staff, identity="anonymous", language="fr")
    type(told).objects.filter(pk=told.pk).update(translation_only=True)
    client = Client(raise_request_exception=False)
    client.force_login(staff)
    one = f"/admin/responses/{waiting.reference}/"
    acts = ("accept", "ask", "propose-rejection", "publish", "remove", "note")
    acts += ("take-up-dispute", "decide-dispute", "confirm-removal", "decline-removal")
    acts += ("propose-return", "confirm-return", "decline-return", "decide-appeal")
    acts += ("propose-question", "send-question", "decline-question")
    paths = [
        *(f"{one}act/{each}/" for each in (*acts, "confirm-rejection", "none-such")),
        *(f"{one}{each}" for each in ("open/", "undo/9999999999999999999/", "preview/")),
        f"/admin/responses/{shown.reference}/redact/indicators/",
        f"/admin/responses/{shown.reference}/redact/{'x' * 300}/",
        f"/admin/responses/{told.reference}/translate/indicators/",
        f"/admin/responses/{shown.reference}/translate/indicators/",
        f"/admin/responses/{shown.reference}/translate/{'x' * 300}/",
        "/admin/responses/publish/",
        *(f"/admin/responses/several/{each}/" for each in ("accept", "publish", "none-such")),
        f"/admin/answers/{page.pk}/enter/",
        f"/admin/answers/{page.pk}/late-tokens/",
        f"/admin/answers/{page.pk}/late-tokens/9999999999999999999/revoke/",
    ]
    assert broken(client, paths) == []


def test_addresses_with_anything_in_them(page, staff):
    visitor = answering(page)
    visitor.submit()
    visitor.come_back()
    shown = published(page, staff)
    base = "/en/consultations/signs/"
    paths = [
        *(f"{base}respond/{each}" for each in ("", "status/", "news/", "tasks/", "part/1/")),
        *(f"{base}responses/{each}" for each in ("", "rules/", "export.csv", "export.json")),
        f"{base}responses/{shown.reference}/",
        f"{base}form/",
        "/record/",
        *(f"/record/{each}" for each in ("leaves.jsonl", "checkpoints.json", "consistency")),
        "/admin/responses/",
        f"/admin/responses/{shown.reference}/",
    ]
    client = Client(raise_request_exception=False)
    client.cookies = visitor.client.cookies
    client.force_login(staff)
    wrong = []
    for path in paths:
        for junk in map(quote_from_bytes, JUNK):
            query = "&".join(f"{name}={junk}" for name in QUERIES)
            if client.generic("GET", path, QUERY_STRING=query).status_code >= 500:
                wrong.append((path, junk[:40]))
    for path in (
        *("/r/%00", f"/r/{'9' * 300}", "/record/99999999999999999999/", "/record/%00/"),
        *(f"/record/{'9' * 30}/receipt.json", f"{base}responses/%00/", f"{base}export.%00"),
        f"{base}responses/{shown.reference}/attachments/{'9' * 30}",
        f"/admin/responses/{'x' * 300}/",
        f"/admin/responses/{shown.reference}/files/00000000-0000-0000-0000-000000000000/",
    ):
        for method in ("GET", "POST", "PUT"):
            if client.generic(method, path).status_code >= 500:
                wrong.append((method, path))
    assert wrong == []


# -- what was typed is still there -----------------------------------------------------------------

TYPED = "Word for word: <b>&amp; ‘it’ “is” \U0001f9ea"


def shown_again(answer, typed=TYPED):
    return typed in unescape(answer.content.decode())


@pytest.mark.parametrize("state", ["stale token", "lost code", "wrong beside it", "too late"])
def test_a_part_keeps_what_was_typed(page, state):
    visitor = answering(page)
    data = {"q-indicators": TYPED, "q-clarity": "3"}
    client = visitor.client
    if state == "stale token":
        client = Client(enforce_csrf_checks=True)
        client.cookies = visitor.client.cookies
        data["csrfmiddlewaretoken"] = "x" * 64
    elif state == "lost code":
        client.cookies.clear()
    elif state == "wrong beside it":
        data["q-clarity"] = "99"
    else:
        type(page).objects.filter(pk=page.pk).update(closes_at=page.opens_at)
    answer = client.post(visitor.at("part", 2), data)
    assert answer.status_code in (403, 409, 422)
    assert shown_again(answer)
    assert "Error: " in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "field", "data"),
    [
        ("identity", "name", {"identity": "named", "submitter_type": "none-such"}),
        ("resume", "code", {}),
        ("signatories", "listed", {"name": "x" * 201}),
        ("upload", "text", {}),
    ],
)
def test_other_forms_keep_what_was_typed(page, name, field, data):
    visitor = answering(page, "named", name="Ada Vrba")
    answer = visitor.client.post(visitor.at(name), {**data, field: TYPED}, follow=True)
    assert answer.status_code == 422
    assert shown_again(answer)


def test_a_dispute_and_a_receipt_keep_what_was_typed(page, staff):
    shown = published(page, staff)
    dispute = f"/en/consultations/signs/responses/{shown.reference}/dispute/"
    answer = Client().post(dispute, {"text": "It was not I. " * 300})
    assert answer.status_code == 422
    assert shown_again(answer, "It was not")
    here = Client().post(dispute, {"text": "It was not I."})["Location"]
    answer = Client().post(here, {"email": "no address", "language": "en"})
    assert answer.status_code == 422
    assert shown_again(answer, "no address")
    answer = Client().post("/record/verify/", {"receipt": '{"index": "mine"}'})
    assert answer.status_code == 422
    assert shown_again(answer, '{"index": "mine"}')


@pytest.mark.parametrize(
    "value",
    ["\x00", "\ud800", "a" * 1_000_000, "\r\n" * 9, "\u202e\u2066", "﷽" * 1_000],
    ids=["nul", "surrogate", "megabyte", "lines", "directions", "wide"],
)
def test_texts_of_every_kind_are_taken_or_refused_beside_their_question(page, value):
    visitor = answering(page)
    body = "q-indicators=" + quote_from_bytes(value.encode("utf-8", "surrogatepass"))
    answer = visitor.client.generic("POST", visitor.at("part", 2), body, content_type=FORM)
    assert answer.status_code in (302, 400, 422)
    if answer.status_code == 422:
        assert re.search(r'id="id_q-indicators-error"', answer.content.decode())
    check = visitor.text("check")
    assert "\x00" not in check


def test_a_file_that_is_none_is_refused_and_the_rest_is_kept(page, work_off):
    visitor = answering(page)
    empty = SimpleUploadedFile("a.pdf", b"", content_type="application/pdf")
    answer = visitor.client.post(
        visitor.at("part", 3), {"q-licences": "7", "q-evidence": empty, "q-since-day": "31"}
    )
    assert answer.status_code == 422
    assert 'value="7"' in answer.content.decode()
    assert 'value="31"' in answer.content.decode()
    assert re.search(r'id="id_q-evidence-error"', answer.content.decode())
    wrong = SimpleUploadedFile("a.pdf", b"MZ not a PDF", content_type="application/pdf")
    visitor.client.post(visitor.at("part", 3), {"q-licences": "7", "q-evidence": wrong})
    work_off()
    shown = visitor.text("part", 3)
    assert "called .pdf, but what is in it is: " in shown
    assert 'value="7"' in shown
