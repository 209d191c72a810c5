"""`python -m tests.browser.waiting_responses`: responses and comments of a call that closed."""

import json

import django

django.setup()

from datetime import timedelta  # noqa: E402

from django.utils import timezone  # noqa: E402

from consultations.calls.models import ConsultationPage  # noqa: E402
from portal.stakeholders.models import Organisation, User  # noqa: E402
from tests.consultations.factories import ConsultationPageFactory, comment_on  # noqa: E402
from tests.consultations.moderation.building import WORDS, public, received  # noqa: E402

# Not the member, who posts in other tests and may not post so many.
AUTHOR = User.objects.get(email="drafter@demo.example")


def consultation() -> ConsultationPage:
    """Make one that is closed, and has comments from when it was open."""
    page: ConsultationPage = ConsultationPageFactory(
        title="Twenty to screen",
        slug="twenty",
        questionnaire=True,
        host=Organisation.objects.exclude(people__email="moderator@demo.example").first(),
    )
    for number in range(1, 9):
        comment_on(page, author=AUTHOR, body=f"Comment {number} of eight. {WORDS}")
    page.opens_at = timezone.now() - timedelta(weeks=20)
    page.closes_at = timezone.now() - timedelta(days=1)
    ConsultationPage.objects.filter(pk=page.pk).update(
        opens_at=page.opens_at, closes_at=page.closes_at
    )
    return page


if __name__ == "__main__":
    made = consultation()
    found = [
        received(
            made,
            {"indicators": public(f"Answer {number} of twelve.\n{WORDS}")},
            name=f"Amina Castellan {number}",
        )
        for number in range(1, 13)
    ]
    print(
        json.dumps(
            {
                "docket": made.docket,
                "responses": [each.reference for each in found],
                "comments": list(made.thread.comments.order_by("-pk").values_list("pk", flat=True)),
            }
        )
    )
