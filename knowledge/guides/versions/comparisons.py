"""Two versions of a guide side by side: what is the same, what came, what went, word by word."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.rich_text.rewriters import extract_attrs

from knowledge.guides.models import GuidePage
from knowledge.guides.versions.changes import Kind, changes
from knowledge.sources.marks import OPENING, of_attributes
from portal.stakeholders.countries import name_of
from portal.taxonomy.languages import translated_name_of

TOLD = (
    "title",
    "summary",
    "legal_status",
    "jurisdiction",
    "owner_unit",
    "source_title",
    "source_url",
)
DATED = ("source_date", "reviewed_on", "review_due")
# A word with the blanks behind it.
WORD = re.compile(r"\S+\s*")
ENDS_LINE = re.compile(r"</(?:p|li|h\d|ol|ul)>|<br\s*/?>")
CITED = re.compile(OPENING.pattern + r".*?</a>", re.DOTALL)
LED_ELSEWHERE = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
# Two blocks are one that was changed where they share so much.
ALIKE = 0.4
# Among so many of those that follow the former one is looked for.
AHEAD = 20
# Beyond so many words a block is not compared word by word: nobody waits for that.
MOST_WORDS = 4000


@dataclass(frozen=True)
class Part:
    """A block of a text: what it is called, its words, and all that it is made of."""

    label: str
    text: str
    made_of: Any


@dataclass(frozen=True)
class Words:
    kind: Kind
    text: str


@dataclass(frozen=True)
class Change:
    """A block of two versions; `is_form_alone` where words are the same and a link is not."""

    label: str
    words: Sequence[Words]
    is_same: bool = False
    is_form_alone: bool = False


@dataclass(frozen=True)
class Fold:
    """Blocks that follow each other and are the same in both versions."""

    changes: Sequence[Change]


def compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return each block of two frozen contents in their order, the unchanged ones too. No query."""
    return [
        *_fields(before, after),
        *_aligned(list(_titles(before)), list(_titles(after))),
        *_aligned(list(_body(before)), list(_body(after))),
        *_aligned(list(_sources(before)), list(_sources(after))),
        *_aligned(list(_files(before)), list(_files(after))),
        *_aligned(list(_reviews(before)), list(_reviews(after))),
        *_aligned(list(_uses(before)), list(_uses(after))),
    ]


def folded(changes: Sequence[Change]) -> list[Change | Fold]:
    """Return blocks with those that are the same put together where they follow each other."""
    found: list[Change | Fold] = []
    same: list[Change] = []
    for change in changes:
        if change.is_same:
            same.append(change)
            continue
        if same:
            found.append(Fold(same))
            same = []
        found.append(change)
    return [*found, Fold(same)] if same else found


def counted(changes: Sequence[Change]) -> tuple[int, int]:
    """Return how many words were added and removed."""
    added = removed = 0
    for change in changes:
        for words in change.words:
            added += len(words.text.split()) if words.kind == "added" else 0
            removed += len(words.text.split()) if words.kind == "removed" else 0
    return added, removed


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for name in (*TOLD, *DATED):
        field = "unit" if name == "owner_unit" else name  # kept by its name, not by its row
        label = capfirst(str(GuidePage._meta.get_field(field).verbose_name))
        old, new = before.get(name) or "", after.get(name) or ""
        if old or new:
            yield _change(Part(label, old, old), Part(label, new, new))


def _aligned(before: Sequence[Part], after: Sequence[Part]) -> Iterator[Change]:
    """Yield the blocks of two lists, each beside the one that it was."""
    matcher = SequenceMatcher(
        a=[each.text for each in before], b=[each.text for each in after], autojunk=False
    )
    for tag, a, a_end, b, b_end in matcher.get_opcodes():
        if tag == "equal":
            for old, new in zip(before[a:a_end], after[b:b_end], strict=True):
                yield _change(old, new)
        else:
            yield from _replaced(before[a:a_end], after[b:b_end])


def _replaced(before: Sequence[Part], after: Sequence[Part]) -> Iterator[Change]:
    """Yield blocks that stand in each other's place: alike ones as changed, others apart."""
    left = list(before)
    for new in after:
        match = next((n for n, old in enumerate(left[:AHEAD]) if _is_alike(old, new)), None)
        if match is None:
            yield Change(new.label, [Words("added", new.text)])
            continue
        yield from (_removed(old) for old in left[:match])
        yield _change(left[match], new)
        left = left[match + 1 :]
    yield from (_removed(old) for old in left)


def _is_alike(old: Part, new: Part) -> bool:
    if old.label != new.label:
        return False
    matcher = SequenceMatcher(a=old.text.split(), b=new.text.split(), autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE


def _removed(part: Part) -> Change:
    return Change(part.label, [Words("removed", part.text)])


def _change(old: Part, new: Part) -> Change:
    if old.text == new.text:
        is_same = old.made_of == new.made_of
        return Change(new.label, [Words("same", new.text)], is_same, is_form_alone=not is_same)
    return Change(new.label, list(_by_word(old.text, new.text)))


def _by_word(old: str, new: str) -> Iterator[Words]:
    before, after = WORD.findall(old), WORD.findall(new)
    if max(len(before), len(after)) > MOST_WORDS:
        before, after = [old] if old else [], [new] if new else []
    bare_before, bare_after = [w.rstrip() for w in before], [w.rstrip() for w in after]
    for kind, part in changes(bare_before, bare_after):
        yield Words(kind, "".join((before if kind == "removed" else after)[part]))


def _body(content: Mapping[str, Any]) -> Iterator[Part]:
    names = {each["key"]: each["short_name"] or each["title"] for each in content["cited"]}
    labels = GuidePage.body.field.stream_block.child_blocks
    for block in content["body"]:
        kind = block["type"]
        label = str(labels[kind].label) if kind in labels else kind
        text = "\n".join(each for each in _texts(block["value"], names) if each)
        yield Part(label, text, block["value"])


def _texts(value: Any, names: Mapping[str, str]) -> Iterator[str]:
    """Yield what a block says to readers, line by line."""
    if isinstance(value, str):
        yield _plain(value, names)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, names)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in ("type", "level", "tone", "crop", "id"):
                yield from _texts(each, names)


def _plain(html: str, names: Mapping[str, str]) -> str:
    """Return rich text as words; a citation is named by its source, a link by its address."""
    if "<" not in html:
        return html.strip()

    def cited(match: re.Match[str]) -> str:
        citation = of_attributes(extract_attrs(match[1]))
        name = names.get(citation.key, citation.key)
        return f" [{name}, {citation.pinpoint}]" if citation.pinpoint else f" [{name}]"

    text = CITED.sub(cited, html)
    text = LED_ELSEWHERE.sub(lambda match: f"{match[2]} ({match[1]})", text)
    text = TAG.sub("", ENDS_LINE.sub("\n", text))
    return unescape(text).strip()


def _sources(content: Mapping[str, Any]) -> Iterator[Part]:
    for source in (*content["cited"], *content["further"]):
        told = [source[name] for name in ("title", "issuer", "number", "dated", "address")]
        yield Part(_("Source"), ", ".join(each for each in told if each), source)


def _files(content: Mapping[str, Any]) -> Iterator[Part]:
    for file in content["files"]:
        yield Part(_("File"), f"{file['title']} ({file['name']})", file["sha1"])


def _titles(content: Mapping[str, Any]) -> Iterator[Part]:
    for each in content.get("titles", ()):
        # Translators: language as sentences have it: "Title and summary in Arabic".
        label = _("Title and summary in %(language)s")
        named = label % {"language": translated_name_of(each["language"])}
        yield Part(named, f"{each['title']}\n{each['summary']}", each)


def _reviews(content: Mapping[str, Any]) -> Iterator[Part]:
    for each in content.get("reviewed_by", ()):
        told = (each["institution"], each["reviewed_on"], each["address"])
        yield Part(_("Review by an institution"), ", ".join(filter(None, told)), each)


def _uses(content: Mapping[str, Any]) -> Iterator[Part]:
    for each in content.get("used_by", ()):
        told = (name_of(each["state"]), str(each["year"]), each["what"], each["address"])
        yield Part(_("Use by a state"), ", ".join(filter(None, told)), each)
