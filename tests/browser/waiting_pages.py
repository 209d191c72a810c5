"""`python -m tests.browser.waiting_pages`: a page of each type waits for a second person."""

import json

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.documents.models import Document  # noqa: E402
from wagtail.models import Page  # noqa: E402

from consultations.calls.models import ConsultationPage  # noqa: E402
from knowledge.guides.models import GuideDocument, GuidePage  # noqa: E402
from portal.stakeholders.models import Organisation, User  # noqa: E402
from tests.consultations.factories import ConsultationPageFactory, questionnaire_stream  # noqa: E402

EDITOR = User.objects.get(email="editor@demo.example")


def submit(page: Page) -> dict[str, int | str]:
    """Have a page wait as its editor left it, with rows that were never published."""
    if isinstance(page, GuidePage):
        page.documents.add(GuideDocument(document=a_form(), sort_order=0))
        page.change_note = "What an editor noted"
    revision = page.save_revision(user=EDITOR)
    if begun := page.current_workflow_state:
        begun.cancel(user=EDITOR)
    page.get_workflow().start(page, EDITOR)
    return {"page": page.pk, "type": type(page).__name__, "revision": revision.pk}


def a_form() -> Document:
    return Document.objects.create(title="Form", file=ContentFile(b"To fill in", "form.txt"))


def draft_with_every_question() -> ConsultationPage:
    opens_at = timezone.now().replace(second=0, microsecond=0)
    return ConsultationPageFactory(
        live=False,
        opens_at=opens_at,
        title="Every kind of question",
        slug="every-kind-of-question",
        host=Organisation.objects.first(),
        background=[("paragraph", "<p>Indicators are old.</p>")],
        questionnaire_parts=questionnaire_stream(),
    )


kinds = [each for each in apps.get_models() if issubclass(each, Page) and each is not Page]
live = [each.objects.filter(depth__gte=2, live=True).first() for each in kinds]
pages = [draft_with_every_question(), *filter(None, live)]
print(json.dumps([submit(each) for each in pages]))
