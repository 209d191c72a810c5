"""People who work on pages, and a draft that needs two of them."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model

from knowledge.guides.models import GuidePage, Owner
from portal.stakeholders.roles import ADMINISTRATOR, EDITOR
from tests.factories import UserFactory


@pytest.fixture
def author(db):
    return UserFactory(email="author@staff.example", role=EDITOR)


@pytest.fixture
def second(db):
    """Another editor, who did not write what the author wrote."""
    return UserFactory(email="second@staff.example", role=EDITOR)


@pytest.fixture
def administrator(db):
    return UserFactory(email="administrator@staff.example", role=ADMINISTRATOR)


@pytest.fixture
def superuser(db):
    return get_user_model().objects.create_superuser("super@staff.example", name="Super")


@pytest.fixture
def guide(site_tree, author):
    """A draft guide whose only revision is the author's."""
    page = site_tree.guides.add_child(
        instance=GuidePage(
            title="Ask who will use it",
            slug="ask",
            summary="Who buys, and what for.",
            body=[
                ("paragraph", "<p>Ask the buyer first.</p>"),
                ("not_settled", {"entries": ["<p>What your own law says.</p>"]}),
            ],
            live=False,
            owner=author,
            document_type="guidance",
            level="1",
            unit=Owner.objects.named("Licensing desk"),
            legal_status="Advice. It binds nobody.",
            jurisdiction="European Union (not binding)",
            source_title="A public document",
            reviewed_on=date(2026, 3, 1),
            review_due=date(2027, 3, 1),
        )
    )
    page.save_revision(user=author)
    return page
