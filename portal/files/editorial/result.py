"""What is found out about a file while it is read."""

from dataclasses import dataclass, field

MOST = 100  # reported of one kind
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
    A report: what was taken out of a file (`messages.REMOVED`), what readers can see in the rest.

    `left` are pairs of a key of `messages.LEFT` and a text from the file, each once.
    """

    removed: set[str] = field(default_factory=set)
    left: list[tuple[str, str]] = field(default_factory=list)

    def tell(self, code: str, text: str) -> None:
        """Report a text that stays in the file; blanks are nothing, "…" stands for many more."""
        words = " ".join(text.split())
        entry = (code, words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…")
        if sum(each == code for each, _ in self.left) >= MOST:
            entry = (code, "…")
        if words and entry not in self.left:
            self.left.append(entry)
