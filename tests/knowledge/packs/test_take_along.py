"""The page on which guides are chosen to be taken along, from the choice to the file."""

import io
import json
import zipfile

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from knowledge.packs import forms
from knowledge.packs.keys import public_keys
from portal.made import actions, waiting_room
from portal.made.waiting_room import WaitingRoom
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db
PAGE = "/en/guides/take-along/"


@pytest.fixture
def room(monkeypatch):
    fresh = WaitingRoom()
    monkeypatch.setattr(waiting_room, "room", fresh)
    monkeypatch.setattr(actions, "room", fresh)
    return fresh


def boxes(answer) -> dict[str, bool]:
    page = BeautifulSoup(answer.content, "html.parser")
    return {each["value"]: each.has_attr("checked") for each in page.select("[name=guide]")}


def error_at(answer, name: str) -> str:
    page = BeautifulSoup(answer.content, "html.parser")
    link = page.select_one(f".govuk-error-summary a[href='#id_{name}']")
    assert link is not None, page.select_one(".govuk-error-summary")
    assert page.select_one(f"#id_{name}") is not None
    return link.text


def manifest(name: str = "manifest.json", content: bytes = b"no") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def taken(client, room, **posted) -> zipfile.ZipFile:
    answer = client.post(PAGE, posted)
    assert answer.status_code == 303, answer.text
    room.work_off()
    file = client.get(f"{answer['Location']}file/")
    assert file["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(file.content))


def test_from_the_choice_to_the_file_without_a_cookie(client, guides, room):
    page = client.get(PAGE)
    assert boxes(page) == {"en/a-lesson": False, "en/end-user": False}
    archive = taken(client, room, guide=["en/end-user"])
    assert "en/end-user/end-user.html" in archive.namelist()
    assert "en/a-lesson/a-lesson.html" not in archive.namelist()
    assert not client.cookies


def test_a_guide_s_page_leads_there_with_the_guide_ticked(client, guides):
    page = BeautifulSoup(client.get("/en/guides/end-user/").content, "html.parser")
    link = page.select_one(f"a[href^='{PAGE}']")["href"]
    assert boxes(client.get(link)) == {"en/a-lesson": False, "en/end-user": True}


def test_a_path_is_taken_along_by_a_link_that_names_its_guides(client, guides):
    found = boxes(client.get(f"{PAGE}?guide=a-lesson&guide=en/end-user&guide=none"))
    assert found == {"en/a-lesson": True, "en/end-user": True}


def test_a_stage_and_a_level_are_taken_along_by_a_link(client, guides):
    assert boxes(client.get(f"{PAGE}?stage=end-use")) == {"en/end-user": True}
    assert boxes(client.get(f"{PAGE}?level=1")) == {"en/a-lesson": True}
    assert boxes(client.get(f"{PAGE}?stage=end-use&level=1")) == {}


def test_guides_of_another_language_are_shown_when_asked_for(client, guides):
    GuidePageFactory(slug="guide-en-francais", content_language="fr")
    assert "en/guide-en-francais" not in boxes(client.get(PAGE))
    assert set(boxes(client.get(f"{PAGE}?language=fr"))) == {"en/guide-en-francais"}
    assert len(boxes(client.get(f"{PAGE}?language=all"))) == 3


def test_drafts_are_not_offered(client, guides):
    GuidePageFactory(slug="a-draft", live=False)
    assert set(boxes(client.get(PAGE))) == {"en/a-lesson", "en/end-user"}
    answer = client.post(PAGE, {"guide": ["en/a-draft"]})
    assert "not published any more" in error_at(answer, "guide")


def test_sizes_are_shown_before_anything_is_loaded(client, guides):
    assert "size not known yet" in client.get(PAGE).text
    call_command("pack_guides", stdout=io.StringIO())
    page = client.get(f"{PAGE}?guide=a-lesson").text
    assert "size not known yet" not in page
    assert "KB" in page
    assert "What is ticked now has about" in page


def test_a_pack_of_nothing_is_an_error_at_the_field(client, guides, room):
    answer = client.post(PAGE, {})
    assert answer.status_code == 422
    assert error_at(answer, "guide") == "Tick at least one guide."
    assert room.work_off() == 0


def test_too_many_or_too_large_guides_are_an_error_at_the_field(client, guides, monkeypatch):
    call_command("pack_guides", stdout=io.StringIO())
    both = {"guide": ["en/a-lesson", "en/end-user"]}
    monkeypatch.setattr(forms, "MOST_GUIDES", 1)
    answer = client.post(PAGE, both)
    assert "at most 1 guide." in error_at(answer, "guide")
    assert boxes(answer) == {"en/a-lesson": True, "en/end-user": True}
    monkeypatch.setattr(forms, "MOST_GUIDES", 60)
    monkeypatch.setattr(forms, "MOST_BYTES", 1000)
    assert "MB" in error_at(client.post(PAGE, both), "guide")


def test_a_wrong_changed_or_too_big_manifest_is_an_error_at_the_field(client, guides, room):
    archive = taken(client, room, guide=["en/end-user"])
    real = json.loads(archive.read("manifest.json"))
    real["files"][0]["sha256"] = "0" * 64
    for content, words in (
        (b"", "cannot be read"),
        (b"\x00\xff", "cannot be read"),
        (b"{}", "another file"),
        (json.dumps(real).encode(), "was changed"),
        (b" " * 500_001, "far too large"),
    ):
        answer = client.post(PAGE, {"guide": ["en/end-user"], "manifest": manifest("m", content)})
        assert answer.status_code == 422
        assert words in error_at(answer, "manifest")
        assert boxes(answer)["en/end-user"]


def test_with_the_manifest_alone_the_guides_of_the_older_pack_are_brought_up_to_date(
    client, guides, room
):
    old = taken(client, room, guide=["en/a-lesson", "en/end-user"]).read("manifest.json")
    guides[0].unpublish()
    archive = taken(client, room, manifest=manifest(content=old))
    assert "LEFT.txt" in archive.namelist()
    assert "en/end-user/end-user.html" not in archive.namelist()
    assert "index.html" in archive.namelist()
    guides[1].unpublish()
    answer = client.post(PAGE, {"manifest": manifest(content=old)})
    assert "None of the guides of the older pack" in error_at(answer, "guide")


def test_the_page_about_checking_has_the_key_and_both_ways(client, site_tree):
    page = client.get(reverse("check_pack")).text
    assert public_keys()[0].splitlines()[1] in page
    assert "openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin" in page
    assert client.get(reverse("pack_key")).content.decode() == public_keys()[0]
    program = client.get(reverse("pack_verifier"))
    assert program.content.startswith(b'"""Check a pack of guides')
    assert "load_pem_public_key" in page


def test_the_page_asks_the_database_the_same_however_many_guides_there_are(
    client, guides, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for _each in range(5):
        GuidePageFactory()
    with django_assert_num_queries(len(few)):
        client.get(PAGE)
