"""Packing guides before anybody asks, and putting a pack together."""

import hashlib
import io
import logging
import time
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from knowledge.guide_files.formats import made, offered
from knowledge.guide_files.models import GuideFile
from knowledge.guide_files.rendering import address_of, version_of
from knowledge.guides.models import GuidePage
from knowledge.packs import keys, rendering
from knowledge.packs.models import PackedGuide, PackEntry
from knowledge.packs.queries import chosen, waiting
from knowledge.packs.rate_limits import ENTERED
from knowledge.packs.schema import (
    LEFT,
    MANIFEST,
    MOST_BYTES,
    PUBLIC_KEY,
    SIGNATURE,
    file_of,
    manifest_of,
)
from portal.made.registry import Made
from portal.record.actions import append
from portal.taxonomy.languages import direction_of

logger = logging.getLogger(__name__)
Packed = list[tuple[GuidePage, PackedGuide]]
MAKER = "pack"
KIND = "guides.pack"
# The only time in a pack: the first that a ZIP can tell.
NO_TIME = (1980, 1, 1, 0, 0, 0)
SMALL_ALREADY = (".pdf", ".docx", ".odt", ".xlsx", ".pptx")


class TooLargeError(Exception):
    """The guides of a pack have more than `MOST_BYTES` together."""


def bring_up_to_date(at: datetime, most_seconds: float) -> int:
    """
    Pack the guides that are not packed as they are published; return how many there were.

    No guide is begun after `most_seconds`: the next time goes on.
    """
    PackedGuide.objects.of_no_reader().delete()
    count, ends = 0, time.monotonic() + most_seconds
    for guide in waiting(PackedGuide.objects.all(), at.astimezone(UTC).date()):
        if time.monotonic() > ends:
            break
        try:
            pack_guide(guide, at)
        except Exception:
            # One guide must not keep the others from being packed.
            logger.exception("the guide %s could not be packed", guide.slug)
        else:
            count += 1
    return count


def pack_guide(guide: GuidePage, at: datetime) -> PackedGuide:
    """Make what packs hold of a guide, and keep it."""
    pdf = GuideFile.objects.current(guide).first()
    contents = {f"{guide.slug}.html": rendering.page_of(guide)}
    if pdf is not None:
        contents[f"{guide.slug}.pdf"] = bytes(pdf.content)
    contents |= {f"{guide.slug}.{ending}": made(guide, ending) for ending in offered(guide)}
    files = [
        {"name": name, "size": len(each), "sha256": hashlib.sha256(each).hexdigest()}
        for name, each in contents.items()
    ]
    packed, _is_new = PackedGuide.objects.update_or_create(
        guide=guide,
        defaults={
            "published_at": guide.last_published_at,
            "version": int(version_of(guide) or 0),
            "pdf_digest": pdf.digest if pdf else "",
            "checked_on": at.astimezone(UTC).date(),
            "files": files,
            "size": sum(len(each) for each in contents.values()),
            "content": _zip(contents.items()),
        },
    )
    return packed


def make(data: dict[str, Any]) -> Made:
    """
    Return a pack of the guides `data["guides"]` (keys), those that everybody may read by now.

    Where `data["old"]` has the SHA-256 of files that somebody has, by path, these are left out, and
    those that are no more are listed. Raises TooLargeError, ValueError where no guide is left.
    """
    packed = _packed(data["guides"])
    language = translation.get_language() or settings.LANGUAGE_CODE
    frame = _frame(packed, language)
    listed = [file_of(path, content, language) for path, content in frame.items()]
    listed += [each for guide, row in packed for each in _listed(guide, row)]
    named = [_named(guide) for guide, _row in packed]
    manifest = manifest_of(settings.BASE_URL, language, named, listed)
    sha256 = hashlib.sha256(manifest).hexdigest()
    enter(sha256, timezone.now())
    old: dict[str, str] = data.get("old") or {}
    same = {each["path"] for each in listed if old.get(each["path"]) == each["sha256"]}
    signed = {
        MANIFEST: manifest,
        SIGNATURE: keys.sign(manifest),
        PUBLIC_KEY: keys.public_keys()[0].encode(),
    }
    if gone := sorted(old.keys() - {each["path"] for each in listed}):
        signed[LEFT] = "".join(f"{path}\n" for path in gone).encode()
    outside = [each for each in frame.items() if each[0] not in same]
    content = _zip(chain(signed.items(), outside, _inside(packed, same)))
    name = f"guides-{language}-{sha256[:8]}{'-changes' if old else ''}.zip"
    return Made(content, name, "application/zip")


def enter(sha256: str, at: datetime) -> None:
    """
    State the content of a pack in the record, once: who had it made, or how often, is not kept.

    So many new ones a day and no more: the record is for ever.
    """
    if PackEntry.objects.filter(pk=sha256).exists() or not ENTERED.take():
        return
    try:
        with transaction.atomic():
            entry = append(kind=KIND, statement={"sha256": sha256}, public=True, at=at)
            PackEntry.objects.create(sha256=sha256, record_leaf=entry.leaf)
    except IntegrityError:  # somebody had the same made at the same moment
        return


def folder_of(guide: GuidePage) -> str:
    """Return where the files of a guide lie in a pack: by its language tree and its address."""
    return f"{guide.locale.language_code}/{guide.slug}"


def _packed(pks: list[int]) -> Packed:
    """Return the guides of a pack with what it holds of each. Raises as `make`."""
    guides = chosen(pks)
    if not guides:
        raise ValueError("None of the guides can be read by everybody.")
    sizes = PackedGuide.objects.sizes()
    if sum(sizes.get(guide.pk, 0) for guide in guides) > MOST_BYTES:
        raise TooLargeError  # before any of it is in memory
    held = PackedGuide.objects.current().in_bulk([guide.pk for guide in guides])
    packed = [(guide, held.get(guide.pk) or pack_guide(guide, timezone.now())) for guide in guides]
    if sum(each.size for _guide, each in packed) > MOST_BYTES:
        raise TooLargeError
    return packed


def _frame(packed: Packed, language: str) -> dict[str, bytes]:
    """Return what a pack holds besides guides; its first page has the reader's language first."""
    own_first = sorted(packed, key=lambda pair: pair[0].written_in != language)
    return {
        "index.html": rendering.index_of([_told(guide, each) for guide, each in own_first]),
        "style.css": rendering.STYLES.read_bytes(),
        "LICENCE.txt": rendering.licence(),
        "verify.py": rendering.VERIFIER.read_bytes(),
    }


def _named(guide: GuidePage) -> dict[str, Any]:
    return {
        "guide": folder_of(guide),
        "title": guide.title,
        "language": guide.written_in,
        "version": int(version_of(guide) or 0),
        "address": address_of(guide),
    }


def _listed(guide: GuidePage, packed: PackedGuide) -> Iterator[dict[str, Any]]:
    for each in packed.files:
        yield {
            "path": f"{folder_of(guide)}/{each['name']}",
            "size": each["size"],
            "sha256": each["sha256"],
            "language": guide.written_in,
            "guide": folder_of(guide),
            "version": packed.version,
        }


def _told(guide: GuidePage, packed: PackedGuide) -> dict[str, Any]:
    """Return a guide as the first page lists it."""
    page, *others = packed.files
    return {
        "title": guide.title,
        "summary": guide.summary,
        "language": guide.written_in,
        "direction": direction_of(guide.written_in),
        "version": packed.version,
        "day": guide.last_published_at,
        "review_due": guide.review_due,
        "level": guide.get_level_display(),
        "href": f"{folder_of(guide)}/{page['name']}",
        "files": [
            (
                each["name"].rpartition(".")[2].upper(),
                f"{folder_of(guide)}/{each['name']}",
                each["size"],
            )
            for each in others
        ],
    }


def _inside(packed: Packed, same: set[str]) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the files of guides that are not the same as somebody has."""
    for guide, row in packed:
        with zipfile.ZipFile(io.BytesIO(bytes(row.content))) as archive:
            for name in archive.namelist():
                path = f"{folder_of(guide)}/{name}"
                if path not in same:
                    yield path, archive.read(name)


def _zip(contents: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a ZIP; the same contents give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in contents:
            file = zipfile.ZipInfo(path, NO_TIME)
            file.create_system, file.external_attr = 3, 0o644 << 16
            is_small = path.endswith(SMALL_ALREADY)
            file.compress_type = zipfile.ZIP_STORED if is_small else zipfile.ZIP_DEFLATED
            archive.writestr(file, content)
    return out.getvalue()
