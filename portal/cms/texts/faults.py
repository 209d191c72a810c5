"""What is wrong with words that are to stand for those of the original."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from django.utils.translation import gettext as _

from portal.cms.texts.segments import Segment
from portal.text import clean_line, clean_text

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
VOID = ("br", "hr")
# Nobody sees it, and the editor of rich text drops it.
EMPTY_LINK = re.compile(r"<a\b[^>]*>\s*</a>")
# What parts a text into short sentences: easy words may have more or fewer of these.
SHAPES = ("<p>", "<br>", "<ul>", "<ol>", "<li>", "<b>")


class _Tags(HTMLParser):
    """The tags of a text with their attributes, and whether each is closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.open: list[str] = []
        self.is_whole = True

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        told = " ".join(f'{name}="{value or ""}"' for name, value in sorted(attrs))
        self.found[f"<{tag} {told}>" if told else f"<{tag}>"] += 1
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.is_whole = False


def cleaned(segment: Segment, typed: str) -> str:
    """Return what was typed as it is kept: in one line where the original is."""
    if "\n" in segment.text.strip() or segment.is_rich:
        return clean_text(typed)
    return clean_line(typed)


def faults(segment: Segment, text: str, *, are_easy: bool = False) -> Iterator[str]:
    """
    Yield in sentences what is wrong with a translation; nothing where it is empty or right.

    Easy words may part a text otherwise, and leave links out.
    """
    if not text:
        return
    if segment.most and len(text) > segment.most:
        yield _("It may have %(most)d signs at most, and has %(signs)d.") % {
            "most": segment.most,
            "signs": len(text),
        }
    elif len(text) > 3 * len(segment.text) + 300:
        yield _("It is far longer than the original.")
    wanted, found = (Counter(PLACEHOLDER.findall(each)) for each in (segment.text, text))
    if wanted != found:
        yield _("It must have the same placeholders as the original: %(listed)s") % {
            "listed": ", ".join(sorted(((wanted - found) + (found - wanted)).elements()))
        }
    if segment.is_rich:
        yield from _html_faults(segment.text, text, are_easy)


def checked(
    segments: Mapping[str, Segment], typed: Mapping[str, str], *, are_easy: bool = False
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return by key what was typed, as it is kept, and in sentences what is wrong with it."""
    said: dict[str, str] = {}
    wrong: dict[str, list[str]] = {}
    for key, text in typed.items():
        if (segment := segments.get(key)) is None:
            wrong[key] = [_("This page has no such text.")]
            continue
        said[key] = cleaned(segment, text)
        if found := list(faults(segment, said[key], are_easy=are_easy)):
            wrong[key] = found
    return said, wrong


def _html_faults(original: str, text: str, are_easy: bool) -> Iterator[str]:
    wanted, found = _tags(original), _tags(text)
    lost, more = wanted.found - found.found, found.found - wanted.found
    if are_easy:
        lost, more = Counter(), more - Counter(dict.fromkeys(SHAPES, more.total()))
    if not found.is_whole or found.open:
        yield _("A tag of its HTML is not closed, or closed twice.")
    elif lost:
        yield _("It lacks tags of the original: %(tags)s") % {
            "tags": ", ".join(sorted(lost.elements()))
        }
    elif more:
        yield _("It has tags that the original has not: %(tags)s") % {
            "tags": ", ".join(sorted(more.elements()))
        }
    if EMPTY_LINK.search(text):
        yield _("A link of its HTML has no words.")
    if not re.sub(r"<[^>]*>", "", text).strip():
        yield _("It has tags and no words.")


def _tags(text: str) -> _Tags:
    parser = _Tags()
    parser.feed(text)
    parser.close()
    return parser
