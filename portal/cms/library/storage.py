"""Where editors' files are kept: nothing comes in that was not prepared, whichever way it takes."""

from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from portal.files.editorial.actions import Prepared, prepare


class PreparedFile(SimpleUploadedFile):
    """An upload that a form has had prepared, so that it need not be done twice."""

    def __init__(self, upload: UploadedFile) -> None:
        """Prepare it, under its own name. Raises FileRefused."""
        self.prepared: Prepared = prepare(upload, str(upload.name))
        super().__init__(
            str(upload.name),
            self.prepared.data,
            upload.content_type or "application/octet-stream",
        )


class EditorialStorage(FileSystemStorage):
    """The default storage: all that Wagtail keeps. Saving raises FileRefused."""

    def save(self, name: Any, content: Any, max_length: int | None = None) -> str:
        if not isinstance(content, PreparedFile):
            content = ContentFile(prepare(content, str(name or content.name)).data)
        return super().save(name, content, max_length=max_length)


class RenditionStorage(FileSystemStorage):
    """
    Smaller copies of pictures, which we make ourselves; `views.picture` serves them.

    They lie in a folder of their own, so that a proxy which still serves `media/images` finds none.
    """

    @property
    def base_location(self) -> Any:  # type: ignore[override]
        return f"{settings.MEDIA_ROOT}/renditions"
