"""Run in the portal's environment: a draft whose second question depends on its first."""

import django

django.setup()

from django.utils import timezone  # noqa: E402

from portal.stakeholders.models import Organisation  # noqa: E402
from tests.consultations.factories import (  # noqa: E402
    ConsultationPageFactory,
    asked,
    section,
    stream_of,
)

QUESTIONS = [
    asked("yes-no", "exports", "Do you export?"),
    asked("date", "since", "Since when?", only=("1", "yes")),
]

page = ConsultationPageFactory(
    live=False,
    opens_at=timezone.now().replace(second=0, microsecond=0),
    title="Questions that depend",
    slug="questions-that-depend",
    host=Organisation.objects.first(),
    questionnaire_parts=stream_of(section("s", "One", QUESTIONS)),
)
page.save_revision()
print(page.pk)
