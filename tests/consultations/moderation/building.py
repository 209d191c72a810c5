"""Responses as they come to the screening staff, and the staff."""

import itertools
from datetime import UTC, date, datetime
from hashlib import sha256

from django.utils import timezone

from consultations.moderation import actions
from consultations.moderation.models import ScreeningAct
from consultations.responses.models import Response, ResponseVersion, Status
from portal.stakeholders.roles import ADMINISTRATOR, MODERATOR
from tests.consultations.factories import closed_meanwhile
from tests.factories import UserFactory

AT = datetime(2026, 11, 24, 15, 37, tzinfo=UTC)
_numbers = itertools.count(1)
WORDS = "The courts of Exampleland, and Ms Perez of 4 High Street."
SECRET = "Our supplier is Acme Lenses."


def public(value):
    return {"value": value, "visibility": "public"}


def officials(value, public_version=""):
    return {"value": value, "visibility": "officials", "public_version": public_version}


def received(
    page, answers=None, *, identity="named", status=Status.RECEIVED, number=None, **values
):
    """A response with one version that nobody has looked at; a code opens it, unless an account."""
    number = number or next(_numbers)
    of_response = {
        key: values.pop(key)
        for key in (
            "is_late",
            "channel",
            "handling",
            "account",
            "organisation",
            "code_hash",
            "even_if_alone",
        )
        if key in values
    }
    of_response.setdefault("even_if_alone", identity == "anonymous")
    if not of_response.keys() & {"account", "organisation"}:
        of_response.setdefault("code_hash", sha256(f"code {number}".encode()).hexdigest())
    day = values.pop("received_on", date(2026, 11, 3))
    response = Response.objects.create(
        consultation=page,
        reference=f"{page.docket}-{number:04d}",
        identity=identity,
        status=status,
        received_on=day,
        **of_response,
    )
    named = {"name": "Amina Castellan", "organisation_name": "Riverside Institute", "state": "FR"}
    new_version(
        response,
        answers if answers is not None else {"indicators": public(WORDS)},
        submitted_on=day,
        **{
            "identity": identity,
            "submitter_type": "academia",
            "group": "academia",
            **({} if identity == "anonymous" else named),
            **values,
        },
    )
    return response


def new_version(response, answers, **values):
    """What the submitter sends again: it waits to be screened anew."""
    number = response.versions.count() + 1
    made = ResponseVersion.objects.create(
        response=response,
        number=number,
        answers=answers,
        **{
            "submitted_on": date(2026, 11, 3),
            "identity": response.identity,
            "content_digest": "",
            "record_leaf": sha256(f"{response.pk} {number}".encode()).hexdigest(),
            **values,
        },
    )
    if number > 1:
        response.status = Status.RECEIVED
        response.save()
    return made


def screener(**values):
    return UserFactory(role=MODERATOR, **values)


def cleared(**values):
    person = UserFactory(**{"role": MODERATOR, **values})
    keepers = [UserFactory(role=ADMINISTRATOR) for _ in "12"]
    proposed = actions.propose_clearance(person=person, by=keepers[0])
    actions.give_clearance(clearance=proposed, by=keepers[1])
    return person


def accepted(page, by, answers=None, *, handling="public", reason="within-rules", **values):
    response = received(page, answers, **values)
    actions.accept(response=response, by=by, handling=handling, reason=reason, at=AT)
    response.refresh_from_db()
    return response


def published(page, by, answers=None, **values):
    response = accepted(page, by, answers, **values)
    put_in_public(response, by=by, at=AT)
    response.refresh_from_db()
    return response


def rejected(page, by, other, **values):
    response = received(page, **values)
    actions.propose_rejection(response=response, by=by, reason="spam", at=AT)
    actions.confirm_rejection(response=response, by=other, at=AT)
    response.refresh_from_db()
    return response


def put_in_public(*responses, by, at=None):
    """
    Publish accepted responses as if their consultation had closed; none need wait for others.

    Afterwards it is open as before, for tests of what a publication alone changes.
    """
    Response.objects.filter(pk__in=[each.pk for each in responses], identity="anonymous").update(
        even_if_alone=True
    )
    with closed_meanwhile([each.consultation for each in responses], at or timezone.now()):
        return actions.publish(responses=responses, by=by, at=at)


def put_question(*, response, by, question, at=None):
    """A question that has gone to whoever answered: without a name, once another has read it."""
    made = actions.ask_clarification(response=response, by=by, question=question, at=at)
    if isinstance(made, ScreeningAct):
        made = actions.send_question(response=response, by=screener(), at=at)
    return made
