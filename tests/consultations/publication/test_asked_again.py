"""Exports and attachments of published responses, asked for again."""

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest

from consultations.publication.actions import prepare_copy, publish, redact, retire
from consultations.publication.models import PublicCopy
from portal.files.models import State
from tests.consultations.factories import stream_of
from tests.consultations.publication.building import (
    AT,
    accepted,
    four_nameless,
    public,
    published,
)
from tests.consultations.publication.test_pages import INDEX, place, stored_pdf
from tests.factories import OrganisationFactory

every_form = pytest.mark.parametrize("form", ["csv", "json"])


@pytest.fixture
def told(client):
    """What an export's tag and bytes are now."""

    def ask(form, **headers):
        answer = client.get(f"{INDEX}export.{form}", headers=headers)
        assert answer.status_code == 200
        return answer["ETag"], answer.getvalue()

    return ask


@every_form
def test_a_download_goes_on_where_it_was_broken_off(page, moderator, client, form):
    for _ in range(3):
        published(page, moderator, {"indicators": public("Суды и школы.")})
    whole = client.get(f"{INDEX}export.{form}")
    body = whole.getvalue()
    held = {"Range": "bytes=100-", "If-Range": whole["ETag"], "Accept-Encoding": "gzip"}
    rest = client.get(f"{INDEX}export.{form}", headers=held)
    assert rest.status_code == 206
    assert body[:100] + rest.getvalue() == body
    published(page, moderator)
    late = client.get(f"{INDEX}export.{form}", headers={**held, "Accept-Encoding": ""})
    assert late.status_code == 200
    assert len(late.getvalue()) > len(body)


@every_form
def test_who_has_the_export_is_sent_nothing(page, moderator, client, form):
    published(page, moderator)
    whole = client.get(f"{INDEX}export.{form}")
    assert whole["Cache-Control"] == "no-cache"
    assert "Last-Modified" not in whole
    again = client.get(f"{INDEX}export.{form}", headers={"If-None-Match": whole["ETag"]})
    assert (again.status_code, again.getvalue()) == (304, b"")
    assert again["X-Robots-Tag"] == "noindex"


@pytest.fixture
def act(page, moderator):
    """What changes an export, each as a function; a consultation with some responses."""
    four_nameless(page, moderator)
    organisation = OrganisationFactory(name="Riverside Institute")
    file = stored_pdf()
    first = published(page, moderator, {"indicators": public("The courts.")})
    published(page, moderator, verified_by=organisation)
    with_file = {"exporter": public(True), "evidence": public([str(file.pk)])}
    published(page, moderator, with_file)

    def leave_out():
        cut = [{"text": "The "}, {"redacted": "personal-data"}, {"text": "."}]
        redact(copy=first, question_id="indicators", segments=cut, by=moderator, at=AT)

    def verify():
        organisation.verified_on = AT.date()
        organisation.save()

    def reword():
        parts = page.questionnaire_parts.get_prep_value()
        parts[0]["value"]["questions"][0]["value"]["text"] = "Corrected?"
        reworded = stream_of(*json.loads(json.dumps(parts, default=str)))
        type(page).objects.filter(pk=page.pk).update(questionnaire_parts=reworded)

    def lose_file():
        file.state = State.INFECTED
        file.save()

    def rename():
        page.title = "Signs that warn"
        page.save()

    def group_is_told():
        PublicCopy.objects.filter(pk=first.pk).update(shown_group="industry")

    return SimpleNamespace(
        publish=lambda: published(page, moderator),
        retire=lambda: retire(copy=first, kind="removed", at=AT + timedelta(days=1)),
        leave_out=leave_out,
        verify=verify,
        reword=reword,
        lose_file=lose_file,
        rename=rename,
        group_is_told=group_is_told,
    )


@every_form
@pytest.mark.parametrize(
    "what",
    [
        *("publish", "retire", "leave_out", "verify", "reword", "lose_file", "rename"),
        "group_is_told",
    ],
)
def test_the_tag_changes_whenever_bytes_do(act, told, form, what):
    before = told(form)
    assert told(form) == before
    getattr(act, what)()
    after = told(form)
    if (form, what) != ("csv", "rename"):  # a spreadsheet does not say the title
        assert after[1] != before[1]
        assert after[0] != before[0]


@every_form
def test_each_form_language_and_host_has_its_own(page, moderator, client, settings, form):
    published(page, moderator)
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    tags = {client.get(f"{INDEX}export.{each}")["ETag"] for each in ("csv", "json")}
    french = INDEX.replace("/en/", "/fr/")
    tags.add(client.get(f"{french}export.{form}")["ETag"])
    host = {"Host": "other.example"}
    tags.add(client.get(f"{INDEX}export.{form}", headers=host)["ETag"])
    assert len(tags) == 4


@every_form
def test_what_is_not_published_is_in_no_tag(page, moderator, told, form):
    published(page, moderator)
    before = told(form)
    copy = prepare_copy(accepted(page, identity="anonymous"))
    accepted(page)
    PublicCopy.objects.filter(pk=copy.pk).update(group="industry", language="ru")
    assert told(form) == before
    publish(copies=[copy], by=moderator, at=AT)
    shown = told(form)
    assert shown != before
    PublicCopy.objects.filter(pk=copy.pk).update(group="academia", language="fr")
    assert told(form) == shown, "what is kept of a nameless answer and shown to nobody"


@pytest.fixture
def attached(page, moderator, monkeypatch):
    """The address of a file of a published response, and its bytes."""
    data = b"%PDF-1.7 " + bytes(range(256)) * 20
    monkeypatch.setattr("portal.files.storage.read", lambda stored: data)
    answers = {"exporter": public(True), "evidence": public([str(stored_pdf().pk)])}
    copy = published(page, moderator, answers)
    return SimpleNamespace(path=f"{place(copy)}attachments/1", data=data, copy=copy)


def test_an_attachment_comes_in_parts_and_is_kept_by_nobody(client, attached):
    whole = client.get(attached.path)
    part = client.get(attached.path, headers={"Range": "bytes=-10", "If-Range": whole["ETag"]})
    assert part.status_code == 206
    assert part.getvalue() == attached.data[-10:]
    for answer in (whole, part):
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["X-Robots-Tag"] == "noindex"
        assert "Last-Modified" not in answer


def test_no_part_is_had_of_what_may_not_be_had_whole(client, attached):
    tag = client.get(attached.path)["ETag"]
    retire(copy=attached.copy, kind="removed", at=AT)
    for headers in ({"Range": "bytes=0-1"}, {"If-None-Match": tag}, {"If-None-Match": "*"}):
        assert client.get(attached.path, headers=headers).status_code == 404
