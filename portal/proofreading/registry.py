"""
The texts about consent and risk: what somebody reads before they decide to tell us something.

A room registers those that its pages show in `AppConfig.ready()`. Of each it says in which files of
the sources its sentences stand, as the catalogues name them.
"""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Text:
    """
    A text, by a `key` that never changes: reviews are kept by it.

    `files` are paths from the root of the sources. `path` is where it is read, after the language
    ("about/privacy/"); "" where that depends on the consultation.
    """

    key: str
    title: str | Promise
    files: tuple[str, ...]
    path: str = ""


_texts: dict[str, Text] = {}


def register(text: Text) -> None:
    """Count a text among those about consent and risk; another of the same key replaces it."""
    _texts[text.key] = text


def texts() -> list[Text]:
    """Return them in the order in which they were registered."""
    return list(_texts.values())


def text_of(key: str) -> Text | None:
    """Return the text of a key; None where there is none."""
    return _texts.get(key)
