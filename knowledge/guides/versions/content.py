"""A guide's published content as plain values that last, and how it is shown again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model

from knowledge.guides.models import (
    GuidePage,
    GuideVersion,
    InstitutionReview,
    Owner,
    StateUse,
)
from knowledge.sources.citations import Rested
from knowledge.sources.models import Source
from portal.cms.page_forms import BLOCK_KEY
from portal.record.hashing import canonical
from portal.stakeholders.models import State

# What is kept stays readable: a key is added, none is renamed.
PLAIN = (
    *("title", "summary", "document_type", "level", "content_language", "owner_unit"),
    *("jurisdiction", "source_title", "source_url", "source_date"),
)
# What came later, kept where it says something: a text from before has the digest that it had.
ADDED = ("legal_status",)
LISTS = ("commitments", "stages", "technologies", "audiences", "rights")
DAYS = ("reviewed_on", "review_due")
OF_SOURCE = (
    *("key", "title", "short_name", "language", "issuer", "kind", "binds", "dated", "year"),
    *("number", "address", "archive_address", "read_on", "status_note"),
)


def frozen(guide: GuidePage) -> dict[str, Any]:
    """
    Return what a guide says, of its text, sources and files, as `record.hashing.canonical` takes.

    The keys by which an editor knows blocks again are left out: they say nothing to a reader.
    """
    content = {
        **{name: getattr(guide, name) for name in PLAIN},
        **{name: value for name in ADDED if (value := getattr(guide, name))},
        **{name: list(getattr(guide, name)) for name in LISTS},
        **{name: getattr(guide, name) for name in DAYS},
        "state": guide.state.iso2 if guide.state else "",
        "entries": [each.number for each in guide.list_entries],
        "body": _blocks(guide.body),
        "cited": [_source(each) for each in guide.sources.cited.values()],
        "further": [_source(each) for each in guide.sources.further],
        "files": [_file(each) for each in guide.documents.all()],
        **{name: rows for name, rows in _trust(guide).items() if rows},
        **({"titles": titles} if (titles := _titles(guide)) else {}),
    }
    # A number with a fraction becomes text: two programs write it in two ways.
    plain = json.loads(json.dumps(content, cls=DjangoJSONEncoder), parse_float=str)
    return without_keys(plain)


def _trust(guide: GuidePage) -> dict[str, list[dict[str, Any]]]:
    """Return who reviewed a guide and which states used it, with where that can be read."""
    return {
        "reviewed_by": [
            {
                "institution": each.institution,
                "reviewed_on": each.reviewed_on,
                "address": each.address,
            }
            for each in guide.institution_reviews.all()
        ],
        "used_by": [
            {
                "state": each.state.iso2,
                "year": each.year,
                "what": each.what,
                "address": each.address,
                "source": each.source.key if each.source else "",
            }
            for each in guide.state_uses.select_related("state", "source")
        ],
    }


def _titles(guide: GuidePage) -> list[dict[str, str]]:
    """Return title and summary in other languages, in an order that no editor makes."""
    found = sorted(guide.titles.all(), key=lambda each: each.language)
    return [
        {"language": each.language, "title": each.title, "summary": each.summary} for each in found
    ]


def digest_of(content: Mapping[str, Any]) -> str:
    """Return SHA-256 over the canonical JSON of frozen content, in hexadecimal."""
    return sha256(canonical(content).encode()).hexdigest()


@dataclass(frozen=True)
class FrozenFile:
    """
    A file of a version. `url` is where the same file still is, "" where it was changed or removed.
    """

    title: str
    name: str
    size: int
    url: str

    @property
    def extension(self) -> str:
        return self.name.rpartition(".")[2].upper()


@dataclass(frozen=True)
class Shown:
    """A version as its page shows it; an unsaved guide stands for what it said."""

    guide: GuidePage
    sources: Rested
    files: Sequence[FrozenFile]
    reviewed_by: Sequence[InstitutionReview]
    used_by: Sequence[StateUse]


def shown(version: GuideVersion) -> Shown:
    """Return a version as it was; a query for its files, and what its text itself asks for."""
    content = version.content
    guide = GuidePage(
        **{name: content[name] for name in (*PLAIN, *LISTS) if name != "owner_unit"},
        **{name: content.get(name, "") for name in ADDED},
        unit=Owner(unit=content["owner_unit"]),
        **{name: date.fromisoformat(content[name]) if content[name] else None for name in DAYS},
        body=GuidePage.body.field.to_python(_with_keys(content["body"])),
    )
    cited = [_thawed(each) for each in content["cited"]]
    further = tuple(_thawed(each) for each in content["further"])
    return Shown(
        guide,
        Rested({each.key: each for each in cited}, further),
        _files(content),
        [_review(each) for each in content.get("reviewed_by", ())],
        [_use(each) for each in content.get("used_by", ())],
    )


def _blocks(body: StreamValue) -> list[dict[str, Any]]:
    return [
        {"type": each.block_type, "value": each.block.get_prep_value(each.value)} for each in body
    ]


def _source(source: Source) -> dict[str, Any]:
    told = {name: getattr(source, name) for name in OF_SOURCE}
    return {**told, "versions": source.versions.get_prep_value()}


def _thawed(told: Mapping[str, Any]) -> Source:
    read_on = date.fromisoformat(told["read_on"]) if told["read_on"] else None
    versions = Source.versions.field.to_python(told["versions"])
    return Source(**{**told, "read_on": read_on, "versions": versions})


def _review(told: Mapping[str, Any]) -> InstitutionReview:
    return InstitutionReview(**{**told, "reviewed_on": date.fromisoformat(told["reviewed_on"])})


def _use(told: Mapping[str, Any]) -> StateUse:
    """Return a use as it was; its source is named by its key, which stays."""
    source = Source(key=told["source"], title=told["source"]) if told["source"] else None
    return StateUse(**{**told, "state": State(iso2=told["state"]), "source": source})


def _file(attached: Any) -> dict[str, Any]:
    document = attached.document
    return {
        "title": attached.shown_title,
        "name": document.filename,
        "document": document.pk,
        "size": document.get_file_size(),
        # As Wagtail keeps it: SHA-1 of the file.
        "sha1": document.get_file_hash(),
    }


def _files(content: Mapping[str, Any]) -> list[FrozenFile]:
    kept = content["files"]
    there = get_document_model().objects.in_bulk([each["document"] for each in kept])
    same = {pk: each.url for pk, each in there.items()}
    hashes = {pk: each.file_hash for pk, each in there.items()}
    return [
        FrozenFile(
            each["title"],
            each["name"],
            each["size"] or 0,
            same[each["document"]] if hashes.get(each["document"]) == each["sha1"] else "",
        )
        for each in kept
    ]


def _with_keys(value: Any, place: str = "part") -> Any:
    """Return kept blocks with an id each, from where they stand: lists are read by them."""
    if isinstance(value, list):
        return [_with_keys(each, f"{place}-{number}") for number, each in enumerate(value, 1)]
    if not isinstance(value, dict):
        return value
    found = {name: _with_keys(each, place) for name, each in value.items()}
    return {**found, "id": place} if "type" in value and "value" in value else found


def without_keys(value: Any) -> Any:
    """Return plain values without the ids of blocks and paragraphs."""
    if isinstance(value, dict):
        is_block = "type" in value and "value" in value
        return {k: without_keys(each) for k, each in value.items() if not (is_block and k == "id")}
    if isinstance(value, list):
        return [without_keys(each) for each in value]
    return BLOCK_KEY.sub("", value) if isinstance(value, str) else value
