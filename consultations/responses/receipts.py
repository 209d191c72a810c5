"""What a submitter takes away: the receipt from the record, and the answers that it speaks of."""

from typing import Any
from urllib.parse import urlencode

import segno
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from consultations.responses.models import Identity, Response, ResponseVersion
from consultations.responses.presenters import rows
from portal.record.models import Entry
from portal.record.receipts import receipt


def receipt_of(version: ResponseVersion) -> dict[str, Any]:
    """Return the receipt as the verifying page and script take it; it states the reference."""
    return receipt(Entry.objects.get(leaf=version.record_leaf))


def later_entries(version: ResponseVersion) -> list[Entry]:
    """List by day the entries on its files that followed it, each with a receipt of its own."""
    rows = version.sent_files.all()
    leaves = [leaf for row in rows for leaf in (row.entry, *row.leaves) if leaf]
    found = Entry.objects.filter(leaf__in=leaves) if leaves else ()
    return sorted(found, key=lambda entry: ((entry.statement or {}).get("day", ""), entry.leaf))


def square_of(receipt: dict[str, Any]) -> str:
    """
    Return the square for paper (QR code, SVG) that opens `/record/verify/` with what was promised.

    Neither statement nor salt is in it: read from a print, it says what the print says.
    """
    promised = {name: receipt[name] for name in ("leaf", "by", "signature")}
    address = f"{receipt['portal']}{reverse('record:verify')}?{urlencode(promised)}"
    return Markup(segno.make(address, error="m", micro=False).svg_inline(scale=3))  # noqa: S704 - digits


def answers_of(version: ResponseVersion) -> dict[str, Any]:
    """Return what was sent and the salt: their SHA-256 is the receipt's `content_digest`."""
    return {"salt": bytes(version.salt or b"").hex(), "content": version.content()}


def as_text(response: Response, version: ResponseVersion) -> str:
    """
    Return the answers in plain text, to be read without the portal.

    Without a name nothing in it says which answer to which consultation it is.
    """
    page = response.consultation
    lines = []
    if response.identity != Identity.ANONYMOUS:
        whose = {"reference": response.reference, "number": version.number}
        lines = [page.title, _("Response %(reference)s, version %(number)d") % whose, ""]
    for part, questions in rows(page.questionnaire(), version.answers):
        lines += [part.title, ""]
        for row in questions:
            lines += [f"{row.question.number}. {row.question.text}", ""]
            lines += [*(row.lines or [_("Not provided")]), ""]
            if row.for_officials:
                lines += [_("For officials only. Public version:"), row.public_version, ""]
    lines += [_("SHA-256 of these answers with their salt:"), version.content_digest]
    return "\n".join(lines) + "\n"
