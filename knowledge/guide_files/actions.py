"""Making the files of guides: outside any request, for a file takes a second or more."""

import hashlib
import logging
import time
from datetime import UTC, datetime

from knowledge.guide_files.models import GuideFile
from knowledge.guide_files.queries import waiting
from knowledge.guide_files.rendering import address_of, html_of, picture_at
from knowledge.guides.models import GuidePage
from portal.pdf import pango
from portal.pdf.rendering import PdfUnavailableError, pdf_of

logger = logging.getLogger(__name__)

# Another number where the same text is laid out otherwise from now on: all files are made anew.
FORM = "1"


def bring_up_to_date(at: datetime, most_seconds: float) -> int:
    """
    Make the files that are missing or say something else by now; return how many were made.

    Those of guides that readers no longer see are deleted. No file is begun after `most_seconds`:
    the next time goes on. One that cannot be made is tried again when its guide is published, or
    the next day (UTC).
    """
    GuideFile.objects.of_no_reader().delete()
    if not pango.is_installed():
        return 0
    made, ends = 0, time.monotonic() + most_seconds
    for guide in waiting(GuideFile.objects.all(), at.astimezone(UTC).date()):
        if time.monotonic() > ends:
            break
        try:
            made += make(guide, at)
        except PdfUnavailableError:
            break
        except Exception:
            # One guide must not keep the others from having theirs.
            logger.exception("no file could be made of the guide %s", guide.slug)
            _keep(guide, at, "", b"")
    return made


def make(guide: GuidePage, at: datetime) -> bool:
    """Make the file of a guide and say so; where it is as it would be made now, only note that."""
    html = html_of(guide)
    digest = hashlib.sha256(f"{FORM} {html}".encode()).hexdigest()
    known = GuideFile.objects.filter(guide=guide, digest=digest)
    checked = {"checked_on": at.astimezone(UTC).date(), "published_at": guide.last_published_at}
    if known.update(**checked):
        return False
    _keep(guide, at, digest, pdf_of(html, base_url=address_of(guide), fetch=picture_at))
    return True


def _keep(guide: GuidePage, at: datetime, digest: str, content: bytes) -> None:
    GuideFile.objects.update_or_create(
        guide=guide,
        defaults={
            "digest": digest,
            "content": content,
            "size": len(content),
            "published_at": guide.last_published_at,
            "checked_on": at.astimezone(UTC).date(),
        },
    )
