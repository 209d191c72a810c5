"""The pages of the handbook, read from `docs/handbook`: a head of three lines, then Markdown."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "handbook"


@dataclass(frozen=True)
class HandbookPage:
    """
    One job: `title`, whom it is `for`, and `at` which pages of the admin it is done.

    The places are names of addresses, as `reverse` takes them; a page's editor is named with the
    kind of page: `edit_page guidepage`.
    """

    slug: str
    title: str
    readers: str
    places: tuple[str, ...]
    body: str

    def html(self) -> SafeString:
        """Return the text as HTML; files beside it, and other pages, are named by our addresses."""
        parser = _parser()
        tokens = parser.parse(self.body)
        for opening, words in _headings(tokens):
            opening.attrSet("id", slugify(words))
        for token in _with_children(tokens):
            _name_by_address(token)
        return mark_safe(parser.renderer.render(tokens, parser.options, {}))

    def contents(self) -> list[tuple[str, str]]:
        """Return the headings in their order, each with the id that it has in the text."""
        headings = _headings(_parser().parse(self.body))
        return [(slugify(words), words) for _opening, words in headings]


@cache
def handbook() -> dict[str, HandbookPage]:
    """Return the pages by slug, in the order of their files' names."""
    pages = [_read(path) for path in sorted(FOLDER.glob("[0-9]*.md"))]
    return {page.slug: page for page in pages}


@cache
def by_place() -> dict[str, HandbookPage]:
    """Return which page tells how the job is done that is done at a place."""
    return {place: page for page in handbook().values() for place in page.places}


def picture(name: str) -> Path | None:
    """Return the file of a picture, None where there is none of that name."""
    return next((path for path in (FOLDER / "pictures").glob("*.png") if path.name == name), None)


def _read(path: Path) -> HandbookPage:
    head, body = path.read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)
    said = dict(line.split(": ", 1) for line in head.splitlines())
    places = tuple(place.strip() for place in said["at"].split(","))
    slug = path.stem.split("-", 1)[1]
    return HandbookPage(slug, said["title"], said["for"], places, body)


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _headings(tokens: list[Token]) -> list[tuple[Token, str]]:
    """Return where each heading opens, with its words, which have no marks in them."""
    in_pairs = pairwise(tokens)
    return [(first, words.content) for first, words in in_pairs if first.type == "heading_open"]


def _with_children(tokens: list[Token]) -> list[Token]:
    return [each for token in tokens for each in (token, *_with_children(token.children or []))]


def _name_by_address(token: Token) -> None:
    """Turn a name of a file beside the text into the address where the admin shows it."""
    if token.type == "image":
        name = str(token.attrs["src"]).removeprefix("pictures/")
        token.attrSet("src", reverse("handbook_picture", args=[name]))
    elif token.type == "link_open" and str(token.attrs["href"]).endswith(".md"):
        slug = str(token.attrs["href"]).removesuffix(".md").split("-", 1)[1]
        token.attrSet("href", reverse("handbook_page", args=[slug]))
