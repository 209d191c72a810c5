"""The one way in which a file is turned down."""


class Refused(Exception):  # noqa: N818 - said of files, not of the program
    """
    A file is not taken; `code` is a key of `portal.files.messages.REFUSALS`.

    `parameters` fill the message's gaps; they are keys or numbers of our own, never text out of
    the file.
    """

    def __init__(self, code: str, **parameters: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters
