"""However a file comes in: what names people is gone, and a bad one is refused in words."""

import io

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import UploadedFile

from portal.files.errors import FileRefused
from tests.portal.cms.library.conftest import GOOD, shown, uploaded
from tests.portal.files.editorial.samples import sample, unpacked

pytestmark = pytest.mark.django_db


def everything_in(media):
    return b"".join(unpacked(path.read_bytes()) for path in media.rglob("*") if path.is_file())


@pytest.mark.parametrize("what", ["document", "picture"])
def test_what_names_people_is_gone_on_every_way(way, what, media):
    way = way(what)
    assert way.send(uploaded(GOOD[what])).status_code in (200, 302)
    item = way.stored()
    assert item.title == "A title"
    assert b"anary" not in everything_in(media)
    assert item.file_size == item.file.size
    assert item.get_file_hash()
    if what == "picture":
        assert (item.width, item.height) == (32, 48), "upright"


BAD = [
    ("picture.pdf", "photograph.jpg", "what is in it is a .jpeg"),
    ("word.pdf", "template.docx", "what is in it is a .docx"),
    ("note.docx", b"PK\x03\x04 no more", "damaged"),
    ("note.pdf", b"%PDF-1.7 no more", "damaged"),
    ("note.txt", b"\x00\x01\x02", "cannot read what is in this file as a .txt"),
    ("note.exe", b"MZ", "exe"),
]


@pytest.mark.parametrize(("name", "data", "sentence"), BAD)
def test_a_bad_document_is_refused_beside_the_field(client, editor, name, data, sentence, media):
    client.force_login(editor)
    data = sample(data) if isinstance(data, str) else data
    fields = {"title": "What I typed", "file": uploaded(name, data), "tags": "licences"}
    html = client.post(reverse("wagtaildocs:add"), fields).content.decode()
    assert sentence in html
    assert "What I typed" in html
    assert "licences" in html
    assert not Document.objects.exists()
    assert everything_in(media) == b""


@pytest.mark.parametrize(
    ("what", "name", "start"),
    [("document", "form.docx", b"PK\x03\x04"), ("picture", "map.jpg", b"\xff\xd8\xff")],
)
def test_a_bad_file_is_refused_in_words_on_every_way(way, what, name, start, media):
    way = way(what)
    before = way.model.objects.count()
    response = way.send(uploaded(name, start + b" b-a-d"))
    assert response.status_code == 200
    said = shown(response)
    assert "damaged" in said
    assert way.model.objects.count() in (before, before + (way.way == "edit"))
    assert not UploadedFile.objects.exists()
    assert b"b-a-d" not in everything_in(media)


def test_a_bad_new_file_leaves_the_old_one(client, editor):
    item = Document.objects.create(title="Form", file=uploaded("template.docx"))
    client.force_login(editor)
    address = reverse("wagtaildocs:edit", args=[item.pk])
    html = client.post(address, {"title": "New", "file": uploaded("a.docx", b"PK\x03\x04")}).content
    assert b"damaged" in html
    item.refresh_from_db()
    assert item.title == "Form"
    assert item.file.size


def test_past_the_forms_the_storage_itself_refuses_and_cleans(media):
    with pytest.raises(FileRefused), transaction.atomic():
        Document.objects.create(title="Bad", file=ContentFile(b"\x00", "bad.pdf"))
    Document.objects.create(title="Good", file=ContentFile(sample("template.odt"), "form.odt"))
    Image.objects.create(title="Good", file=ContentFile(sample("photograph.jpg"), "photo.jpg"))
    assert b"anary" not in everything_in(media)


def test_the_virus_scanner_is_asked(client, editor, settings):
    from tests.portal.files.conftest import answering

    client.force_login(editor)
    for reply, sentence in ((b"stream: Bad FOUND\0", "harmful"), (None, "does not answer")):
        with answering(reply) as settings.CLAMD_URL:
            fields = {"title": "T", "file": uploaded("template.docx")}
            assert sentence in client.post(reverse("wagtaildocs:add"), fields).content.decode()
    assert not Document.objects.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(client, editor):
    client.force_login(editor)
    fields = {"title": "T", "file": uploaded("big.txt", b"x" * (20 * 1024 * 1024 + 1))}
    assert "too big" in client.post(reverse("wagtaildocs:add"), fields).content.decode()


def test_a_picture_with_too_many_pixels_is_refused(client, editor, settings):
    client.force_login(editor)
    settings.FILE_LIMITS = {"image_pixels": 1_000_000}
    out = io.BytesIO()
    Picture.new("1", (2_000, 1_000)).save(out, "PNG")
    fields = {"title": "T", "file": uploaded("huge.png", out.getvalue())}
    said = shown(client.post(reverse("wagtailimages:add"), fields))
    assert "This picture has more than 1 million pixels. Upload a smaller version." in said


def test_what_is_no_picture_and_what_is_called_wrongly_is_said(client, editor):
    client.force_login(editor)
    for name, sentence in (
        ("photo.bmp", "“bmp” is not allowed"),
        ("photo.png", "This file is called .png, but what is in it is a .jpeg"),
    ):
        fields = {"title": "What I typed", "file": uploaded(name, sample("photograph.jpg"))}
        said = client.post(reverse("wagtailimages:add"), fields).content.decode()
        assert sentence in said
        assert "What I typed" in said


def test_preferences_offer_no_portrait_which_nothing_would_show(client, editor):
    client.force_login(editor)
    assert b"profile picture" not in client.get("/admin/account/").content
