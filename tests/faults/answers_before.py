"""
`python -m tests.faults.answers_before FOLDER NUMBER`: a database as it was when keys counted up.

Makes the tables of that time in an empty database, and in them NUMBER answers with all that can
belong to one, their rows in turn as they come in. What each answer consists of goes to
FOLDER/before.json, told by what it says and not by its keys.

`python -m tests.faults.answers_before FOLDER after` tells the same of the database as it is now,
to FOLDER/after.json; keys to FOLDER/keys.json, in the order in which rows came in; and to
FOLDER/counters.json the tables of answers for which the database still counts.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

from portal.notifications.actions import keyed  # noqa: E402

TARGETS = [
    ("responses", "0006_addresses_are_confirmed"),
    ("publication", "0003_languages_that_may_be_told"),
    ("moderation", "0003_name_entries_by_leaf"),
    ("files", "0002_text_and_notes"),
    ("notifications", "0002_sealed_whole"),
    ("curation", "0001_synonyms_and_missed_searches"),
]
NOW = datetime.now(UTC)
TODAY = NOW.date()
# Rows of one table come in turn, so that no answer's are beside each other.
EVENTS = ("received", "clarification-asked", "clarification-answered", "accepted")
BATCH = 500


def old_apps():
    mine = {app for app, _name in TARGETS}
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    others = [node for node in leaves if node[0] not in mine]
    MigrationExecutor(connection).migrate([*others, *TARGETS])
    call_command("create_site", verbosity=0)
    loader = MigrationExecutor(connection).loader
    return loader.project_state([*others, *TARGETS]).apps


def fill(apps, number):
    # The rooms below are of today, and their tables too.
    from tests.consultations.factories import ConsultationPageFactory
    from tests.factories import UserFactory

    page, staff = ConsultationPageFactory(), UserFactory()

    def model(label):
        return apps.get_model(label)

    def make(label, rows):
        made = model(label).objects.bulk_create([model(label)(**row) for row in rows], BATCH)
        return [each.pk for each in made]

    places = range(number)
    responses = make(
        "responses.Response",
        (
            {
                "consultation_id": page.pk,
                "reference": f"{page.docket}-{place:06}",
                "identity": "anonymous" if place % 2 else "named",
                "received_on": TODAY,
            }
            for place in places
        ),
    )
    versions = make(
        "responses.ResponseVersion",
        (
            {
                "response_id": response,
                "number": 1,
                "identity": "named",
                "submitted_on": TODAY,
                "answers": {"view": {"value": f"Words of {place}."}},
            }
            for place, response in enumerate(responses)
        ),
    )
    drafts = make(
        "responses.Draft",
        (
            {
                "consultation_id": page.pk,
                "response_id": response,
                "identity": "named",
                "answers": {"view": {"value": f"Other words of {place}."}},
                "touched_on": TODAY,
            }
            for place, response in enumerate(responses)
        ),
    )
    make("responses.Contact", ({"response_id": pk, "sealed": b"sealed"} for pk in responses))
    make(
        "responses.StatusEvent",
        (
            {"response_id": pk, "kind": kind, "text": f"{kind} {place}", "on": TODAY}
            for kind in EVENTS
            for place, pk in enumerate(responses)
        ),
    )
    make(
        "responses.Clarification",
        (
            {"response_id": pk, "question": f"{question} {place}?", "asked_on": TODAY}
            for question in ("Why", "And")
            for place, pk in enumerate(responses)
        ),
    )
    make(
        "responses.Signatory",
        (
            {
                "draft_id": draft if is_new else None,
                "response_id": None if is_new else pk,
                "name": f"{name} {place}",
                "token_hash": f"{name} {place}",
            }
            for name, is_new in (("Ben", True), ("Ada", False), ("Cem", False), ("Dan", True))
            for place, (draft, pk) in enumerate(zip(drafts, responses, strict=True))
        ),
    )
    make(
        "responses.PaperEntry",
        (
            {
                "consultation_id": page.pk,
                "response_id": pk,
                "entered_by_id": staff.pk,
                "entered_on": TODAY,
                "channel": "post",
                "received_on": TODAY,
                "in_time": True,
                "reason": f"{place}"[:10],
            }
            for place, pk in enumerate(responses)
        ),
    )
    make(
        "responses.LateToken",
        (
            {
                "consultation_id": page.pk,
                "token_hash": f"token {place}",
                "reason": "outage",
                "event": f"{place}",
                "issued_at": NOW,
                "expires_at": NOW + timedelta(days=9),
            }
            for place in places
        ),
    )
    copies = make(
        "publication.PublicCopy",
        (
            {
                "response_id": pk,
                "consultation_id": page.pk,
                "version_id": version,
                "answers": {"view": {"value": f"Public words of {place}."}},
            }
            for place, (pk, version) in enumerate(zip(responses, versions, strict=True))
        ),
    )
    make("publication.AnsweredQuestion", ({"copy_id": pk, "question": "view"} for pk in copies))
    disputes = make(
        "moderation.Dispute",
        (
            {"response_id": pk, "text": f"Not mine: {place}", "opened_on": TODAY}
            for place, pk in enumerate(responses)
        ),
    )
    acts = make(
        "moderation.ScreeningAct",
        (
            {"response_id": pk, "version": 1, "verb": "accept", "note": f"{place}", "on": TODAY}
            for place, pk in enumerate(responses)
        ),
    )
    make(
        "moderation.ScreeningAct",
        (
            {
                "response_id": pk,
                "version": 1,
                "verb": "decide-dispute",
                "detail": {"dispute": dispute},
                "on": TODAY,
            }
            for pk, dispute in zip(responses, disputes, strict=True)
        ),
    )
    make(
        "moderation.ScreeningAct",
        (
            {"response_id": pk, "version": 1, "verb": "undo", "undoes_id": act, "on": TODAY}
            for pk, act in zip(responses, acts, strict=True)
        ),
    )
    make(
        "moderation.ConfidentialView",
        ({"response_id": pk, "by_id": staff.pk, "at": NOW} for pk in responses),
    )
    make(
        "files.StoredFile",
        (
            {"kind": "pdf", "size": place, "sha256": "", "state": "clean", "stored_on": TODAY}
            for place in places
        ),
    )
    make(
        "curation.MissedSearch",
        ({"day": TODAY, "digest": f"{place}", "language": "en"} for place in places),
    )
    # What waits names them by a keyed hash of the key; of some, as most have nothing waiting.
    for place, (pk, dispute) in list(enumerate(zip(responses, disputes, strict=True)))[:20]:
        abouts = (
            f"response.{pk}",
            f"response.{pk}.contact.code",
            f"dispute.{dispute}.contact.code",
        )
        for kind, about in zip(("event", "code", "dispute-code"), abouts, strict=True):
            model("notifications.Message").objects.create(
                once=f"{kind} {place}", kind=kind, about=keyed(about), on=TODAY
            )
        for kind, purpose in (
            ("news", f"response.{pk}.contact"),
            ("decision", f"dispute.{dispute}.contact"),
        ):
            model("notifications.Confirmation").objects.create(
                purpose=keyed(purpose), code_hash=f"{kind} {place}", sealed=b"", expires_at=NOW
            )


EXPECTED = {
    "events": lambda place: [f"{kind} {place}" for kind in EVENTS],
    "questions": lambda place: [f"Why {place}?", f"And {place}?"],
    "signatories": lambda place: [f"{name} {place}" for name in ("Ada", "Cem", "Ben", "Dan")],
    "words": lambda place: [f"Words of {place}."],
    "draft": lambda place: f"Other words of {place}.",
    "contact": lambda place: True,
    "entered": lambda place: f"{place}"[:10],
    "copy": lambda place: [f"Public words of {place}.", f"Words of {place}.", ["view"]],
    "acts": lambda place: [
        ["accept", f"{place}", True],
        ["decide-dispute", f"Not mine: {place}", False],
        ["undo", f"{place}", False],
    ],
    "views": lambda place: 1,
    "waiting": lambda place: ["code", "dispute-code", "event"] if place < 20 else [],
    "confirming": lambda place: ["decision", "news"] if place < 20 else [],
}


def told(place, response):
    """What an answer consists of now, in the form of `EXPECTED`."""
    from consultations.responses import contacts
    from consultations.responses.models import Signatory
    from portal.notifications.models import Confirmation, Message

    draft, copy = response.draft, response.public_copy
    dispute = response.disputes.get()
    about = contacts.about(response)
    abouts = (about, f"{contacts.purpose(response)}.code", f"dispute.{dispute.pk}.contact.code")
    purposes = (contacts.purpose(response), f"dispute.{dispute.pk}.contact")
    messages = Message.objects.filter(about__in=map(keyed, abouts)).order_by("kind")
    waiting = Confirmation.objects.filter(purpose__in=map(keyed, purposes)).order_by("code_hash")
    signed = Signatory.objects.of_answer(draft=draft.pk, response=response.pk)
    return {
        "events": [each.text for each in response.events.all()],
        "questions": [each.question for each in response.clarifications.all()],
        "signatories": [each.name for each in signed],
        "words": [each.answers["view"]["value"] for each in response.versions.all()],
        "draft": draft.answers["view"]["value"],
        "contact": bytes(response.contact.sealed) == b"sealed",
        "entered": response.entry.reason,
        "copy": [
            copy.answers["view"]["value"],
            copy.version.answers["view"]["value"],
            [each.question for each in copy.answered.all()],
        ],
        "acts": [
            [
                act.verb,
                act.undoes.note
                if act.undoes
                else dispute.text
                if act.detail.get("dispute") == dispute.pk
                else act.note,
                hasattr(act, "undone_by"),
            ]
            for act in response.screening_acts.all()
        ],
        "views": response.confidential_views.count(),
        "waiting": [each.kind for each in messages],
        "confirming": [each.code_hash.split()[0] for each in waiting],
    }


def keys_in_order_of_coming():
    """The keys of each table, in the order in which its rows came in."""
    from consultations.moderation.models import Dispute
    from consultations.publication.models import PublicCopy
    from consultations.responses.models import Draft, LateToken, PaperEntry, Response, StatusEvent
    from portal.curation.models import MissedSearch

    def by_place(rows, *path):
        return list(rows.order_by(*path).values_list("pk", flat=True))

    return {
        "response": by_place(Response.objects, "reference"),
        "draft": by_place(Draft.objects, "response__reference"),
        "event": by_place(StatusEvent.objects, "number", "response__reference"),
        "entry": by_place(PaperEntry.objects, "response__reference"),
        "token": by_place(LateToken.objects, "token_hash"),
        "copy": by_place(PublicCopy.objects, "response__reference"),
        "dispute": by_place(Dispute.objects, "response__reference"),
        "missed": by_place(MissedSearch.objects, "digest"),
    }


def counters():
    """Tables with keys drawn by chance whose rows the database would count."""
    from portal.traces.actions import models_without_order

    tables = [model._meta.db_table for model in models_without_order()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'S'")
            counted = [name.removesuffix("_id_seq") for (name,) in cursor.fetchall()]
        else:
            cursor.execute("SELECT name FROM sqlite_sequence")
            counted = [name for (name,) in cursor.fetchall()]
    return sorted({*tables} & {*counted})


def main(folder, number):
    if number != "after":
        fill(old_apps(), int(number))
        return
    from consultations.responses.models import Response

    found = Response.objects.order_by("reference")
    wrong = [
        (place, key, mine[key])
        for place, response in enumerate(found)
        for mine in [told(place, response)]
        for key, expected in EXPECTED.items()
        if mine[key] != expected(place)
    ]
    (folder / "after.json").write_text(json.dumps({"count": len(found), "wrong": wrong}))
    (folder / "keys.json").write_text(json.dumps(keys_in_order_of_coming()))
    (folder / "counters.json").write_text(json.dumps(counters()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
