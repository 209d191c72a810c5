"""What can go wrong with a file."""

from collections.abc import Mapping

from django.utils.functional import Promise


class FileRefused(Exception):  # noqa: N818 - said of files, not of the program
    """
    A file was not taken. `message` is for its sender; `code` says which rule it broke.

    `parameters` are what the message was filled with, so that it can be told again in another
    language (`messages.refusal_message`). Nothing of the file remains when this is raised.
    """

    def __init__(
        self,
        code: str,
        message: str | Promise,
        parameters: Mapping[str, str | int] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.parameters = dict(parameters or {})

    def __str__(self) -> str:
        return str(self.message)


class ScannerUnavailable(Exception):  # noqa: N818
    """The virus scanner is set but does not answer, or answers nothing that can be understood."""
