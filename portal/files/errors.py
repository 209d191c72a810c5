"""What can go wrong with a file."""

from django.utils.functional import Promise


class FileRefused(Exception):  # noqa: N818 - said of files, not of the program
    """
    A file was not taken. `message` is for its sender; `code` says which rule it broke.

    Nothing of the file remains when this is raised.
    """

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class ScannerUnavailable(Exception):  # noqa: N818
    """The virus scanner is set but does not answer, or answers nothing that can be understood."""
