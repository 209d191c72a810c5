"""A place for files, and the ways on which an editor's file comes in."""

from dataclasses import dataclass
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import UploadedFile

from tests.portal.files.editorial.samples import sample

GOOD = {"document": "template.docx", "picture": "photograph.jpg"}
MODELS = {"document": Document, "picture": Image}
APPS = {"document": "wagtaildocs", "picture": "wagtailimages"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.CLAMD_URL = ""
    return settings.MEDIA_ROOT


def uploaded(name: str, data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, sample(name) if data is None else data)


@dataclass
class Way:
    """One way to upload a document or a picture, as the admin's pages send it."""

    client: Any
    what: str
    way: str

    @property
    def model(self):
        return MODELS[self.what]

    def stored(self):
        return self.model.objects.order_by("-pk").first()

    def send(self, file, title="A title"):
        return getattr(self, self.way)(file, title)

    def address(self, name, *args):
        return reverse(f"{APPS[self.what]}:{name}", args=args)

    def fields(self, file, title, prefix=""):
        fields = {"title": title, "file": file, "tags": "", "description": "What it shows"}
        return {f"{prefix}{key}": value for key, value in fields.items()}

    def add(self, file, title):
        return self.client.post(self.address("add"), self.fields(file, title))

    def edit(self, file, title):
        item = self.stored() or self.model.objects.create(
            title="Before", file=uploaded(GOOD[self.what])
        )
        return self.client.post(self.address("edit", item.pk), self.fields(file, title))

    def multiple(self, file, title):
        return self.client.post(
            self.address("add_multiple"),
            {"files[]": file, "title": title},
            headers={"X-Requested-With": "XMLHttpRequest"},
        )

    def multiple_in_two_steps(self, file, title):
        """A title that does not fit: Wagtail keeps the file aside and asks again."""
        response = self.multiple(file, "x" * 300)
        waiting = UploadedFile.objects.first()
        if waiting is None:
            return response
        assert not list(self.model.objects.all())
        step = {
            "document": "create_multiple_from_uploaded_document",
            "picture": "create_multiple_from_uploaded_image",
        }[self.what]
        kind = {"document": "document", "picture": "image"}[self.what]
        fields = self.fields("", title, f"uploaded-{kind}-{waiting.pk}-")
        return self.client.post(self.address(step, waiting.pk), fields)

    def chooser(self, file, title):
        """From a page's block, or from a link in its text."""
        prefix = {"document": "document", "picture": "image"}[self.what]
        return self.client.post(
            reverse(f"{APPS[self.what]}_chooser:create"),
            self.fields(file, title, f"{prefix}-chooser-upload-"),
        )


WAYS = ("add", "edit", "multiple", "multiple_in_two_steps", "chooser")


@pytest.fixture(params=WAYS)
def way(request, client, editor):
    client.force_login(editor)
    return lambda what: Way(client, what, request.param)


def shown(response) -> str:
    """The text of an answer, a page or JSON with a piece of one."""
    try:
        told = response.json()
    except ValueError:
        return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)
    pieces = [str(value) for value in told.values()]
    return BeautifulSoup(" ".join(pieces), "html.parser").get_text(" ", strip=True)
