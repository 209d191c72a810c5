"""Fixtures that every room's tests share."""

from types import SimpleNamespace

import pytest
from django.core.management import call_command


@pytest.fixture
def site_tree(db):
    """The standing page tree as `create_site` makes it, by name: home, guides, consultations, …"""
    call_command("create_site", verbosity=0)
    from wagtail.models import Page

    return SimpleNamespace(
        **{
            page.slug.replace("-", "_"): page.specific
            for page in Page.objects.filter(depth__gte=2).order_by("-depth")
        }
    )


@pytest.fixture
def member(db):
    """A signed-up person of academia."""
    from tests.factories import UserFactory

    return UserFactory(email="member@people.example")


@pytest.fixture
def moderator(db):
    from portal.stakeholders.roles import MODERATOR
    from tests.factories import UserFactory

    return UserFactory(email="moderator@staff.example", role=MODERATOR)


@pytest.fixture
def editor(db):
    from portal.stakeholders.roles import EDITOR
    from tests.factories import UserFactory

    return UserFactory(email="editor@staff.example", role=EDITOR)
