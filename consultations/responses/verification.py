"""What `/record/verify/` says of an answer to whoever shows its receipt, words or code."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from consultations.responses import expiry
from consultations.responses.access import codes
from consultations.responses.access.rate_limits import try_code
from consultations.responses.forms.steps import CodeForm
from consultations.responses.models import (
    Draft,
    Handling,
    Identity,
    Response,
    ResponseVersion,
)
from consultations.responses.recording import FILE_ADDED, LEFT_OUT, STATING
from portal.record.hashing import content_digest
from portal.record.holders import Holding, Unknown
from portal.record.models import Entry


class Answers:
    """
    Answers that were sent.

    Of one without a name no more is told than that there is an entry, unless its words are shown:
    who finds a receipt or a code is not to learn from us what it belongs to.
    """

    def of_leaf(self, leaf: str) -> Holding | None:
        """Return what is kept of the version that an entry states; named where its sender was."""
        version = _versions().filter(record_leaf=leaf).first()
        if version is not None:
            return _holding(version, is_told=_is_named(version.response))
        return _of_later_entry(leaf)

    def of_content(self, salt: bytes, content: Mapping[str, Any]) -> Holding | None:
        """Return the version that this salt was drawn for, whether or not it says the same."""
        version = _versions().filter(salt=salt).first()
        if version is None:
            return None
        is_same = content_digest(salt, content) == version.content_digest
        return _holding(version, is_told=is_same, is_same=is_same)

    def of_code(self, request: HttpRequest, typed: str) -> Holding:
        """Return the newest version of what a code opens. Raises Unknown, or TooManyTries."""
        form = CodeForm({"code": typed})
        if not form.is_valid():
            raise Unknown(" ".join(str(each) for each in form.errors["code"]))
        hashed = codes.hash_code(form.cleaned_data["code"])

        def look_up() -> Response | Draft | None:
            # Both, whatever the first finds: how long it takes tells nothing.
            sent = Response.objects.filter(code_hash=hashed).select_related("consultation").first()
            draft = Draft.objects.filter(code_hash=hashed).select_related("consultation").first()
            found = sent or draft
            if found is None or expiry.have_ended(found.consultation, timezone.now()):
                return None
            return found

        found = try_code(request, look_up)
        if found is None:
            raise Unknown(
                _(
                    "This code opens nothing. Check it against what you wrote down. Codes end some "
                    "time after the outcome of their consultation was published."
                )
            )
        if isinstance(found, Draft):
            raise Unknown(
                _(
                    "This code opens a draft that was not sent, so nothing of it is in the record. "
                    "To go on with it, open it on the page of the consultation."
                )
            )
        version = _versions().filter(response=found.pk).latest("number")
        return _holding(version, is_told=_is_named(version.response))


def _versions() -> QuerySet[ResponseVersion]:
    return ResponseVersion.objects.select_related("response__consultation")


def _is_named(response: Response) -> bool:
    return response.identity != Identity.ANONYMOUS and response.handling != Handling.NAME_WITHHELD


def _holding(version: ResponseVersion, *, is_told: bool, is_same: bool = True) -> Holding:
    entry = Entry.objects.filter(leaf=version.record_leaf).first()
    fits = is_same and (version.erased_on is not None or _is_as_entered(version, entry))
    day = entry.day if entry else version.submitted_on
    if not is_told:
        return Holding(version.record_leaf, day, fits=fits)
    response, sent = version.response, formats.date_format(version.submitted_on)
    return Holding(
        version.record_leaf,
        day,
        subject=_("Your response %(reference)s of %(day)s")
        % {"reference": response.reference, "day": sent},
        facts=[
            (_("Reference"), response.reference),
            (_("Consultation"), response.consultation.in_language().title),
            (_("Sent"), sent),
            (_("Version"), str(version.number)),
        ],
        fits=fits,
    )


def _of_later_entry(leaf: str) -> Holding | None:
    """Return what is kept of a file that was added, or left out of, after its version was sent."""
    entry = Entry.objects.filter(leaf=leaf, kind__in=(FILE_ADDED, LEFT_OUT)).first()
    stated = entry.statement if entry else None
    if entry is None or stated is None:
        return None
    sent = _versions().filter(response__reference=stated["reference"], number=stated["version"])
    version = sent.first()
    if version is None:
        return None
    rows = version.sent_files.all()
    row = next((each for each in rows if leaf in (each.entry, *each.leaves)), None)
    fits = row is not None and (
        row.entry == leaf or row.leaves[-1] != leaf or stated["left_out"] == row.cuts
    )
    if not _is_named(version.response):
        return Holding(leaf, entry.day, fits=fits)
    told = {"reference": version.response.reference}
    return Holding(
        leaf,
        entry.day,
        subject=_("A file of your response %(reference)s") % told
        if entry.kind == FILE_ADDED
        else _("What you left out of a file of your response %(reference)s") % told,
        facts=[
            (_("Reference"), version.response.reference),
            (_("Consultation"), version.response.consultation.in_language().title),
            (_("Version"), str(version.number)),
        ],
        fits=fits,
    )


def _is_as_entered(version: ResponseVersion, entry: Entry | None) -> bool:
    """Say whether the words kept are those of the entry; one that is gone is told by it."""
    if entry is None:
        return True
    digest = content_digest(bytes(version.salt or b""), version.content())
    stated = (entry.statement or {}).get("content_digest")
    return entry.kind in STATING and digest == version.content_digest == stated
