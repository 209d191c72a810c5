"""
`python -m tests.faults.reachable_drafts`: every draft changes an answer that was sent under a name.

Who sent it has confirmed an address, so sending the change writes a mail down. Code, number and
revision of each draft stay what they were.
"""

import django

django.setup()

from consultations.responses import actions  # noqa: E402
from consultations.responses.models import Draft, Identity  # noqa: E402
from tests.consultations.responses.builders import NOBODY, reachable  # noqa: E402

for draft in list(Draft.objects.all()):
    draft.identity = Identity.NAMED
    draft.details["name"] = "Ada Vrba"
    draft.save()
    response = actions.submit_draft(draft=draft, by=NOBODY)
    reachable(response, f"person{draft.pk}@people.example")
    change = actions.begin_revision(response=response, by=NOBODY)
    Draft.objects.filter(pk=change.pk).update(revision=draft.revision)
