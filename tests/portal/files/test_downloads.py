"""A file is handed out to be saved, under the name that the caller gives it."""

import pytest
from django.http import Http404
from django.utils import translation

from portal.files import storage
from portal.files.actions import take_in
from portal.files.downloads import download
from portal.files.models import StoredFile
from tests.portal.files import samples
from tests.portal.files.test_pdf import drawn, line

pytestmark = pytest.mark.django_db


def test_it_comes_as_an_attachment_that_runs_nowhere(media, upload, rf):
    data = samples.pdf()
    response = download(
        rf.get("/a"), take_in(upload(data, "a.pdf")), name="ECHRI-2026-01-0042-attachment-1"
    )
    assert response["Content-Disposition"] == (
        'attachment; filename="ECHRI-2026-01-0042-attachment-1.pdf"'
    )
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"
    assert int(response["Content-Length"]) == len(response.content)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ('a"; filename="evil.exe', "a-filename-evil.exe"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\r\nSet-Cookie: x=1", "a-Set-Cookie-x-1"),
        ("Réponse", "Reponse"),
        ("القاهرة", "attachment"),
        ("x" * 300, "x" * 100),
    ],
)
def test_a_name_is_only_a_name(media, upload, rf, name, safe):
    response = download(rf.get("/a"), take_in(upload(b"hello")), name=name)
    assert response["Content-Disposition"] == f'attachment; filename="{safe}.txt"'


def test_its_words_come_beside_it(media, upload, rf):
    stored = take_in(upload(drawn(line("One"), "", line("three")), "a.pdf"))
    with translation.override("en"):
        response = download(rf.get("/a?as=text"), stored, name="a")
    assert response["Content-Disposition"] == 'attachment; filename="a.txt"'
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "Page 1\n\nOne\n\nPage 2\n\n(No words can be read on this page.)\n\nPage 3\n\nthree\n"
    )


def test_a_picture_and_a_text_have_no_words_beside_them(media, upload, rf):
    for data, name in ((samples.png(), "a.png"), (b"hello", "a.txt")):
        stored = take_in(upload(data, name))
        assert not stored.has_text
        response = download(rf.get("/a?as=text"), stored, name="a")
        assert response.content == storage.read(stored)


def test_lists_of_files_do_not_read_their_words(media, upload, django_assert_num_queries):
    take_in(upload(drawn(line("One")), "a.pdf"))
    with django_assert_num_queries(1) as queries:
        assert [stored.has_text for stored in StoredFile.objects.all()] == [True]
    assert '"text"' not in queries.captured_queries[0]["sql"]


def test_one_whose_bytes_are_gone_is_not_there(media, upload, rf):
    stored = take_in(upload(b"hello"))
    storage.delete(stored)
    with pytest.raises(Http404):
        download(rf.get("/a"), stored, name="a")


def test_no_address_leads_to_what_is_stored(media, upload, client):
    stored = take_in(upload(b"hello"))
    for address in (f"files/{stored.storage_name}", f"images/../files/{stored.storage_name}"):
        response = client.get(f"/media/{address}", follow=True)
        assert response.status_code in (400, 404)
        assert b"hello" not in response.content
