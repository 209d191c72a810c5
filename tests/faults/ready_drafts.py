"""`python -m tests.faults.ready_drafts COUNT`: prints drafts that can be sent, as JSON."""

import json
import sys

import django

django.setup()

from django.urls import reverse  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

from consultations.responses.access import handles  # noqa: E402
from tests.consultations.responses.builders import (  # noqa: E402
    consultation_that_asks,
    draft_to_send,
)

translation.activate("en")
page = consultation_that_asks()
made = [draft_to_send(page) for _number in range(int(sys.argv[1]))]
print(
    json.dumps(
        {
            "path": reverse("responses:check", args=[page.slug]),
            "drafts": [
                {
                    "cookie": f"handle-en={handles.begin(code, timezone.now())}",
                    "revision": draft.revision,
                }
                for draft, code in made
            ],
        }
    )
)
