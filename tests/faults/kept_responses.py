"""`python -m tests.faults.kept_responses`: what is kept, proved by the record; as JSON."""

import json

import django

django.setup()

from django.db.models import Count  # noqa: E402

from consultations.responses.models import Draft, Response  # noqa: E402
from portal.record.audit import findings  # noqa: E402

wrong = list(findings())
assert wrong == [], wrong
counted = Response.objects.annotate(count=Count("versions")).values_list("reference", "count")
print(json.dumps({**dict(counted), "drafts": Draft.objects.count()}))
