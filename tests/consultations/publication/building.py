"""Responses as they stand before publication, made at once."""

import itertools
from datetime import UTC, date, datetime
from hashlib import sha256

from consultations.publication.actions import prepare_copy, publish
from consultations.responses.models import (
    Response,
    ResponseVersion,
    Signatory,
    Status,
)

AT = datetime(2026, 11, 24, 15, 37, tzinfo=UTC)
_numbers = itertools.count(1)

NAME = "Amina Castellan"
ORGANISATION = "Riverside Institute"


def public(value):
    return {"value": value, "visibility": "public"}


def officials(value, public_version=""):
    return {"value": value, "visibility": "officials", "public_version": public_version}


def accepted(page, answers=None, *, identity="named", handling="public", **values):
    """
    An accepted response with one version; `values` are those of its version.

    Without a name it may be published as the only one, unless told otherwise.
    """
    number = next(_numbers)
    signatories = values.pop("signatories", ())
    organisation = values.pop("verified_by", None)
    is_late = values.pop("is_late", False)
    response = Response.objects.create(
        consultation=page,
        reference=f"{page.docket}-{number:04d}",
        identity=identity,
        handling=handling,
        status=Status.ACCEPTED,
        organisation=organisation,
        is_late=is_late,
        even_if_alone=values.pop("even_if_alone", identity == "anonymous"),
        received_on=date(2026, 11, 3),
    )
    named = {"name": NAME, "organisation_name": ORGANISATION, "state": "FR"}
    ResponseVersion.objects.create(
        response=response,
        number=1,
        submitted_on=date(2026, 11, 3),
        content_digest="",
        record_leaf=sha256(str(number).encode()).hexdigest(),
        **{
            "identity": identity,
            "submitter_type": "academia",
            "group": "academia",
            **named,
            "answers": answers if answers is not None else {"indicators": public("The courts.")},
            **values,
        },
    )
    for n, (name, confirmed) in enumerate(signatories):
        Signatory.objects.create(
            response=response,
            name=name,
            token_hash=f"{number}-{n}",
            confirmed_on=date(2026, 11, 5) if confirmed else None,
            confirmed_by="address" if confirmed else "",
        )
    return response


def published(page, by, answers=None, *, at=AT, **values):
    """A published copy of such a response."""
    copy = prepare_copy(accepted(page, answers, **values))
    return publish(copies=[copy], by=by, at=at)[0]


def four_nameless(page, by, *, at=AT):
    """Four published copies without a name, beside which a fifth does not stand alone."""
    copies = [
        prepare_copy(accepted(page, identity="anonymous", group="industry")) for _ in range(4)
    ]
    return publish(copies=copies, by=by, at=at)
