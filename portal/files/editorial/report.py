"""What is found out about a file while it is read."""

from dataclasses import dataclass, field

MOST = 200  # reported of one file
LONGEST = 200  # signs of one of them


class Refused(Exception):  # noqa: N818 - said of files, not of the program
    """A file is not taken; `code` is a key of `messages.REFUSALS`."""

    def __init__(self, code: str, **parameters: str) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


@dataclass
class Report:
    """
    What was taken out of a file (`messages.REMOVED`), and what readers can see in what is left.

    `left` are pairs of a key of `messages.LEFT` and a text from the file, each once.
    """

    removed: set[str] = field(default_factory=set)
    left: list[tuple[str, str]] = field(default_factory=list)

    def tell(self, code: str, text: str) -> None:
        """Report a text that stays in the file; blanks alone are nothing."""
        words = " ".join(text.split())
        entry = (code, words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…")
        if words and entry not in self.left and len(self.left) < MOST:
            self.left.append(entry)
