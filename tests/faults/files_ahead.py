"""
`python -m tests.faults.files_ahead SECONDS HONEST HOSTILE`: an open consultation that closes in so
many seconds, with honest drafts that can be sent and hostile ones that can have files; as JSON.
"""

import json
import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.urls import reverse  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

from consultations.responses.access import handles  # noqa: E402
from tests.consultations.factories import asked, section, stream_of  # noqa: E402
from tests.consultations.responses.builders import begun, consultation_that_asks, save  # noqa: E402

translation.activate("en")
seconds, honest, hostile = map(int, sys.argv[1:])
now = timezone.now()
page = consultation_that_asks(
    questionnaire=stream_of(
        section(
            "one",
            "One",
            [
                asked("long-text", "view", "What should weigh most?", limit=300, unit="words"),
                asked("file", "proof", "What proves it?", maximum=10),
            ],
        )
    ),
    opens_at=now - timedelta(days=1),
    closes_at=now + timedelta(seconds=seconds),
    short_notice_reason="It is a test.",
    grace_hours=0,
)


def made(view: str) -> dict[str, Any]:
    draft, code = begun(page)
    if view:
        draft = save(draft, 1, {"view": view})
    handle = handles.begin(code, now)
    return {"cookie": f"handle-en={handle}", "revision": draft.revision}


print(
    json.dumps(
        {
            "check": reverse("responses:check", args=[page.slug]),
            "part": reverse("responses:part", args=[page.slug, 1]),
            "status": reverse("responses:status", args=[page.slug]),
            "closes": page.closes_at.timestamp(),
            "honest": [made("Ask who will use it.") for _number in range(honest)],
            "hostile": [made("") for _number in range(hostile)],
        }
    )
)
