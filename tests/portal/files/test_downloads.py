"""A file is handed out to be saved, under the name that the caller gives it."""

import pytest
from django.http import Http404

from portal.files import storage
from portal.files.actions import take_in
from portal.files.downloads import download
from tests.portal.files import samples

pytestmark = pytest.mark.django_db


def test_it_comes_as_an_attachment_that_runs_nowhere(media, upload):
    data = samples.pdf()
    response = download(take_in(upload(data, "a.pdf")), name="ECHRI-2026-01-0042-attachment-1")
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
def test_a_name_is_only_a_name(media, upload, name, safe):
    response = download(take_in(upload(b"hello")), name=name)
    assert response["Content-Disposition"] == f'attachment; filename="{safe}.txt"'


def test_one_whose_bytes_are_gone_is_not_there(media, upload):
    stored = take_in(upload(b"hello"))
    storage.delete(stored)
    with pytest.raises(Http404):
        download(stored, name="a")


def test_no_address_leads_to_what_is_stored(media, upload, client):
    stored = take_in(upload(b"hello"))
    for address in (f"files/{stored.storage_name}", f"images/../files/{stored.storage_name}"):
        response = client.get(f"/media/{address}", follow=True)
        assert response.status_code in (400, 404)
        assert b"hello" not in response.content
