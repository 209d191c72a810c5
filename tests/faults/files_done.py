"""`python -m tests.faults.files_done REFERENCE…`: prints how many of these have their file."""

import sys

import django

django.setup()

from consultations.responses.models import SentFile  # noqa: E402
from portal.files.models import StoredFile  # noqa: E402

later = SentFile.objects.filter(version__response__reference__in=sys.argv[1:])
awaited = later.filter(is_awaited=True).count()
print(len(sys.argv[1:]) - awaited if StoredFile.objects.ready().exists() else 0)
