"""
How an upload reaches the portal: under no name of its own, and never more of it than a ceiling.

Set in place of Django's second handler:

    FILE_UPLOAD_HANDLERS = [
        "django.core.files.uploadhandler.MemoryFileUploadHandler",
        "portal.files.uploads.NamelessUploadHandler",
    ]
"""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from portal.files.limits import MEGABYTE

# Of all the files of a request together. Staff's documents come this way too, so it is far above
# what `take_in` takes, which says so in a form; a request above this is answered with 413.
REQUEST_BYTES = 100 * MEGABYTE


class NamelessUploadHandler(TemporaryFileUploadHandler):
    """
    Django's handler for large files, but the temporary file's name says nothing.

    Django ends it as the upload's name ends, and names end in anything. Django has no limit on
    what files may fill of the disk, either.
    """

    received = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super(TemporaryFileUploadHandler, self).new_file(*args, **kwargs)
        self.file = TemporaryUploadedFile(
            "upload", self.content_type, 0, self.charset, self.content_type_extra
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > REQUEST_BYTES:
            self.file.close()
            raise RequestDataTooBig("The files of this request are larger than any that is taken.")
        super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        file = super().file_complete(file_size)
        if file is not None:
            file.name = self.file_name
        return file
