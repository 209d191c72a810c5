"""Documents and pictures, asked for again: in parts, only if they have changed, by who may."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.utils.http import http_date
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, CollectionViewRestriction

from tests.portal.cms.library.conftest import uploaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection():
    return Collection.get_first_root_node().add_child(name="Forms")


@pytest.fixture
def document(collection):
    file = uploaded("template.docx")
    return Document.objects.create(title="Form", collection=collection, file=file)


@pytest.fixture
def picture(collection):
    file = uploaded("photograph.jpg")
    return Image.objects.create(title="Map", collection=collection, file=file)


@pytest.fixture(params=["document", "picture"])
def address(request):
    item = request.getfixturevalue(request.param)
    return item.url if request.param == "document" else item.get_rendition("width-200").url


def test_a_download_goes_on_where_it_was_broken_off(client, address):
    whole = client.get(address, headers={"Accept-Encoding": "gzip"})
    body = whole.getvalue()
    assert "Content-Encoding" not in whole
    assert whole["Accept-Ranges"] == "bytes"
    assert whole["Content-Length"] == str(len(body))
    rest = client.get(address, headers={"Range": "bytes=100-", "If-Range": whole["ETag"]})
    assert rest.status_code == 206
    assert body[:100] + rest.getvalue() == body
    assert rest["Content-Length"] == str(len(body) - 100)
    for name in ("Content-Type", "Content-Security-Policy", "X-Content-Type-Options"):
        assert rest[name] == whole[name]
    beyond = client.get(address, headers={"Range": f"bytes={len(body)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(body)}")


def test_who_has_it_is_sent_nothing(client, address):
    whole = client.get(address)
    held = {"If-None-Match": whole["ETag"]}
    for again in (client.get(address, headers=held), client.head(address, headers=held)):
        assert (again.status_code, again.getvalue()) == (304, b"")
        assert again["ETag"] == whole["ETag"]
        assert again["Cache-Control"] == whole["Cache-Control"]


def test_a_document_is_asked_for_again_each_time(client, document):
    assert client.get(document.url)["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("kept", [{}, {"file_hash": ""}])
def test_a_document_that_was_replaced_has_another_tag(client, document, kept):
    """At the same address, at the same second, and where nothing noted what the file is."""
    Document.objects.filter(pk=document.pk).update(**kept or {"file_hash": "0" * 40})
    held = client.get(document.url)
    path = document.file.path
    with time_machine.travel(datetime.now(UTC), tick=False), open(path, "ab") as file:
        file.write(b" ")
    again = client.get(
        document.url,
        headers={"If-None-Match": held["ETag"], "If-Modified-Since": held["Last-Modified"]},
    )
    assert again.status_code == 200
    assert again["ETag"] != held["ETag"]
    rest = client.get(document.url, headers={"Range": "bytes=9-", "If-Range": held["ETag"]})
    assert rest.status_code == 200


def test_a_date_from_tomorrow_says_nothing_of_a_document(client, document):
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    answer = client.get(
        document.url, headers={"If-Modified-Since": http_date(tomorrow.timestamp())}
    )
    assert answer.status_code == 200
    today = client.get(document.url, headers={"If-Modified-Since": answer["Last-Modified"]})
    assert today.status_code == 304


def test_nothing_is_had_in_parts_by_who_may_not_have_it(client, member, collection, address):
    tag = client.get(address)["ETag"]
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    for headers in ({"Range": "bytes=0-1"}, {"If-None-Match": tag}, {"If-None-Match": "*"}):
        assert client.get(address, headers=headers).status_code == 302
    inside = Client()
    inside.force_login(member)
    conditions = ({}, {"Range": "bytes=0-1"}, {"If-None-Match": tag})
    answers = [inside.get(address, headers=each) for each in conditions]
    assert [each.status_code for each in answers] == [200, 206, 304]
    for answer in answers:
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]


def test_a_document_of_text_is_compressed_and_cut_as_it_is(client, collection):
    file = ContentFile(b"a;b\n" * 500, "table.csv")
    document = Document.objects.create(title="Table", collection=collection, file=file)
    stored = client.get(document.url).getvalue()
    packed = client.get(document.url, headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    part = client.get(document.url, headers={"Accept-Encoding": "gzip", "Range": "bytes=4-7"})
    assert part.getvalue() == stored[4:8]
    assert "Content-Encoding" not in part
