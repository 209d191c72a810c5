"""`python -m tests.faults.reachable_drafts`: every draft leaves an address to be told at."""

import django

django.setup()

from consultations.responses import contacts  # noqa: E402
from consultations.responses.models import Draft  # noqa: E402

for draft in Draft.objects.all():
    draft.sealed_contact = contacts.pack(f"person{draft.pk}@people.example", "en")
    draft.save()
