"""Files from before: cleaned where they lie, and what cannot be is named."""

import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image

from tests.portal.files.conftest import answering
from tests.portal.files.editorial.samples import sample, unpacked

pytestmark = pytest.mark.django_db


def before(model, name, data):
    """A row whose file came in when nobody looked."""
    harmless = sample("template.docx") if name.endswith("docx") else sample("photograph.jpg")
    kept = name if name.endswith(("docx", "jpg")) else "note.txt"
    content = b"words" if kept == "note.txt" else harmless
    item = model.objects.create(title=name, file=ContentFile(content, kept))
    path = Path(item.file.path)
    path.write_bytes(data)
    if not name.endswith(path.suffix):
        path.rename(path.with_name(name))
        model.objects.filter(pk=item.pk).update(file=f"documents/{name}")
    return model.objects.get(pk=item.pk)


def run():
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("clean_library", stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue(), err.getvalue()


def test_a_document_is_cleaned_and_keeps_its_address():
    form = before(Document, "form.docx", sample("template.docx"))
    address = form.url
    out, err = run()
    assert (out, err) == (f"document {form.pk}: cleaned\n", "")
    form = Document.objects.get(pk=form.pk)
    assert form.url == address
    assert form.file_size == form.file.size
    assert b"anary" not in unpacked(form.file.read())
    assert len(list(Path(form.file.path).parent.iterdir())) == 1
    assert run() == ("", ""), "a second time there is nothing to do"


def test_a_picture_is_cleaned_and_turned_and_its_copies_are_made_anew():
    picture = before(Image, "photo.jpg", sample("photograph.jpg"))
    Image.objects.filter(pk=picture.pk).update(
        width=48, height=32, **{f"focal_point_{each}": 9 for each in ("x", "y", "width", "height")}
    )
    picture = Image.objects.get(pk=picture.pk)
    copy = picture.get_rendition("width-20")
    run()
    picture = Image.objects.get(pk=picture.pk)
    assert (picture.width, picture.height) == (32, 48)
    assert not picture.has_focal_point()
    assert not picture.renditions.filter(pk=copy.pk).exists()
    with Picture.open(picture.file.path) as shown:
        assert not shown.getexif()


def test_what_would_be_refused_is_named_and_stays():
    before(Document, "form.docx", b"no document")
    good = before(Document, "good.docx", sample("template.docx"))
    gone = before(Document, "gone.docx", b"")
    Path(gone.file.path).unlink()
    out, err = run()
    assert f"document {good.pk}: cleaned" in out
    assert "(form.docx): The portal cannot read what is in this file as a .docx" in err
    assert "(gone.docx): The file is missing" in err
    assert "2 left as they are" in err


def test_a_scanner_is_asked(settings):
    before(Document, "form.docx", sample("template.docx"))
    with answering(b"stream: Bad FOUND\0") as settings.CLAMD_URL:
        _, err = run()
    assert "harmful" in err
