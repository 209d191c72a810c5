"""What is done with documents and pictures that were uploaded before they were looked into."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from portal.files.editorial.actions import prepare
from portal.files.errors import FileRefused

# A document or a picture, whether its file was changed, and why it could not be ("" if it could).
Outcome = tuple[AbstractDocument | AbstractImage, bool, str]


def clean_stored() -> Iterator[Outcome]:
    """
    Scan every stored file and take out what names people; it keeps its place and its address.

    One that would be refused today stays as it is. May be run again at any time.
    """
    for model in (get_document_model(), get_image_model()):
        for item in model.objects.order_by("pk").iterator():
            try:
                yield item, clean(item), ""
            except FileRefused as refused:
                yield item, False, str(refused)
            except (FileNotFoundError, OSError):
                yield item, False, "The file is missing."


def clean(item: AbstractDocument | AbstractImage) -> bool:
    """Clean the file of one; returns whether there was anything to take out. Raises FileRefused."""
    with item.open_file() as file:
        data = file.read()
    prepared = prepare(ContentFile(data), item.filename)
    if not prepared.removed:
        return False
    write_in_place(item, prepared.data)
    item = type(item).objects.get(pk=item.pk)
    item.file_size, item.file_hash = len(prepared.data), ""
    item._set_file_hash()
    if isinstance(item, AbstractImage):
        before = item.get_rect()
        item.file.field.update_dimension_fields(item, force=True)
        if item.get_rect() != before:  # it was turned, and its focal point with it
            item.set_focal_point(None)
        item.renditions.all().delete()
    item.save()
    return True


def write_in_place(item: AbstractDocument | AbstractImage, data: bytes) -> None:
    """Write what is prepared in place of the file of one, which keeps its name and address."""
    # Another name beside it first, so that nobody is ever served half a file.
    path = Path(item.file.path)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(data)
    if path.exists():
        beside.chmod(path.stat().st_mode)
    os.replace(beside, path)
