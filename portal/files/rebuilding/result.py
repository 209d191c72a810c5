"""What rebuilding ends with: a file that we made, or a reason why there is none."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rebuilt:
    """
    A file made by us. `kind` is the key in `kinds.KINDS` of what was made: a DOCX gives a "pdf".

    `text` is for screen readers and search: the visible words, pages parted by form feeds. A page
    without any is a picture of its words. `notes` are keys of `messages.NOTES`: what its sender has
    to know of what became of the file.
    """

    kind: str
    data: bytes
    text: str = ""
    notes: tuple[str, ...] = ()


class Refused(Exception):  # noqa: N818 - said of files, not of the program
    """
    A file is not taken; `code` is a key of `messages.REFUSALS`.

    `parameters` fill the message's gaps; they are keys or numbers of our own, never text out of
    the file.
    """

    def __init__(self, code: str, **parameters: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters
