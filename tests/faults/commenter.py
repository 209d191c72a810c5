"""`python -m tests.faults.commenter`: prints an open discussion and a member's cookie, as JSON."""

import json

import django

django.setup()

from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import translation  # noqa: E402

from tests.consultations.factories import ConsultationPageFactory  # noqa: E402
from tests.factories import UserFactory  # noqa: E402

translation.activate("en")
page = ConsultationPageFactory()
member = Client()
member.force_login(UserFactory(email="commenter@people.example"))
print(
    json.dumps(
        {
            "path": reverse("discussion:thread", args=[page.slug]),
            "cookie": f"sessionid={member.cookies['sessionid'].value}",
        }
    )
)
