"""`python -m tests.faults.files_lost`: what the page of a response says of a file that was lost."""

import django

django.setup()

from consultations.responses.models import SentFile  # noqa: E402
from consultations.responses.presenters import later_files  # noqa: E402

for row in SentFile.objects.select_related("version__response__consultation"):
    page = row.version.response.consultation
    for file in later_files(page.questionnaire(), row.version, row.version.submitted_on):
        if row.until:
            print(file.description, file.standing)
