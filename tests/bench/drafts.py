"""
The portal's database for P4: a consultation, and drafts of answers to it that only need sending.

`python -m tests.bench.drafts prepare 1000` makes it in an empty database; `visitors 900 100` prints
what a hundred browsers hold that are about to send, `settle` what there is after the benchmark.
`read 100` adds what others read meanwhile: a guide, and a discussion of a hundred comments.
"""

import json
import random
import sys
import uuid
from datetime import timedelta
from typing import Any

import django
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from tests.bench import generator

SLUG = "near-its-deadline"


def code_of(number: int) -> str:
    """The code of the draft of that number, in the alphabet of codes."""
    return f"{number:020d}"


def prepare(count: int) -> None:
    """An empty database becomes the portal with `count` drafts of twenty answers each."""
    from consultations.calls.models import ConsultationIndexPage, ConsultationPage
    from consultations.responses.access.codes import hash_code
    from consultations.responses.models import Channel, Draft, Identity
    from portal.stakeholders.models import Organisation

    call_command("migrate", verbosity=0)
    call_command("create_site", verbosity=0)
    now = timezone.now()
    with transaction.atomic():
        page = ConsultationPage(
            title="Near its deadline",
            slug=SLUG,
            host=Organisation.objects.create(name="Hurried body", submitter_type="government"),
            groups=["industry", "civil-society"],
            commitments=["licensing"],
            stages=[],
            technologies=[],
            opens_at=now - timedelta(days=120),
            closes_at=now + timedelta(days=1),
            questionnaire_parts=questionnaire(),
        )
        ConsultationIndexPage.objects.get(locale__language_code="en").add_child(instance=page)
        page.save_revision().publish()
    asked = list(page.questionnaire().questions)
    texts = [row.body for row in generator.rows(2_000)]
    chance = random.Random(count)
    drafts = (
        Draft(
            consultation=page,
            identity=Identity.ANONYMOUS,
            code_hash=hash_code(code_of(number)),
            channel=Channel.PORTAL,
            details={"submitter_type": "individual", "language": "en"},
            answers={
                question.id: {"value": chance.choice(texts), "visibility": "public"}
                for question in asked
            },
            submission_key=uuid.UUID(int=chance.getrandbits(128)),
            touched_on=now.date(),
        )
        for number in range(count)
    )
    with transaction.atomic():
        Draft.objects.bulk_create(drafts, batch_size=500)


def questionnaire() -> Any:
    """Twenty questions for a long text each, in four sections."""
    from tests.consultations.factories import asked, section, stream_of

    return stream_of(
        *(
            section(
                f"section{part}",
                f"Section {part}",
                [
                    asked(
                        "long-text",
                        f"question{part}-{number}",
                        f"What about matter {part}.{number}?",
                        required=number == 1,
                        limit=500,
                        unit="words",
                    )
                    for number in range(1, 6)
                ],
            )
            for part in range(1, 5)
        )
    )


def visitors(first: int, count: int) -> dict[str, Any]:
    """The address to send to, and of drafts from number `first` on the cookie and the revision."""
    from django.utils import timezone

    from consultations.responses.access import handles
    from consultations.responses.models import Draft

    assert not Draft.objects.exclude(revision=0).exists()
    return {
        "path": f"/en/consultations/{SLUG}/respond/check/",
        "drafts": [
            {
                "cookie": f"handle-en={handles.begin(code_of(number), timezone.now())}",
                "revision": 0,
            }
            for number in range(first, first + count)
        ],
    }


def settle() -> dict[str, Any]:
    """What the database holds: references, versions and drafts left."""
    from consultations.responses.models import Draft, Response, ResponseVersion
    from portal.record.models import Entry

    return {
        "references": list(Response.objects.values_list("reference", flat=True)),
        "whole": ResponseVersion.objects.exclude(record_leaf="").count(),
        "entries": Entry.objects.filter(kind="response.submitted").count(),
        "events": Response.objects.filter(events__kind="received").count(),
        "drafts": Draft.objects.count(),
    }


def read(comments: int) -> None:
    """Add a guide and another consultation, with so many comments, each by somebody else."""
    from consultations.calls.models import ConsultationPage
    from consultations.discussion.actions import submit_comment
    from portal.stakeholders.models import User
    from tests.bench import portal_data

    with transaction.atomic():
        portal_data.make_pages()
        consultation = ConsultationPage.objects.get(slug=portal_data.SLUG)
        for row in generator.rows(comments):
            submit_comment(
                author=User.objects.create_user(
                    f"person{row.id}@people.example", name=f"Person {row.id}"
                ),
                consultation=consultation,
                body=row.body,
                language="en",
                submission_key=uuid.uuid4(),
            )


def close_in(seconds: float) -> None:
    """The deadline is that near."""
    from consultations.calls.models import ConsultationPage

    ConsultationPage.objects.update(closes_at=timezone.now() + timedelta(seconds=seconds))


def main() -> None:
    django.setup()
    match sys.argv[1:]:
        case ["prepare", count]:
            prepare(int(count))
        case ["visitors", first, count]:
            print(json.dumps(visitors(int(first), int(count))))
        case ["read", size]:
            read(int(size))
        case ["close-in", seconds]:
            close_in(float(seconds))
        case ["settle"]:
            print(json.dumps(settle()))


if __name__ == "__main__":
    main()
