"""A kind of message that belongs to no room, with its templates."""

import copy
from datetime import UTC, datetime

import pytest
from django.db import transaction

from portal.notifications import registry
from portal.notifications.actions import notify
from portal.notifications.registry import NotificationKind, register_kind
from tests.portal.notifications.mailserver import MailServer

NOON = datetime(2026, 3, 14, 12, 0, 7, tzinfo=UTC)
TEMPLATES = {
    "news.subject.txt": "{% load i18n %}{{ title }}: {% translate 'Yes' %}",
    "news.txt": (
        "{% extends 'notifications/base.txt' %}{% block text %}"
        "We have received {{ title }}.\n{{ base_url }}/r/{{ reference }}{% endblock %}"
    ),
}


@pytest.fixture
def kind(monkeypatch, settings) -> NotificationKind:
    """A registered kind; its context is `title` and `reference`."""
    monkeypatch.setattr(registry, "_kinds", {})
    engines = copy.deepcopy(settings.TEMPLATES)
    own = next(one for one in engines if one["BACKEND"].endswith("DjangoTemplates"))
    own["APP_DIRS"] = False
    own["OPTIONS"]["loaders"] = [
        ("django.template.loaders.locmem.Loader", TEMPLATES),
        ("django.template.loaders.filesystem.Loader", own["DIRS"]),
    ]
    settings.TEMPLATES = engines
    kind = NotificationKind("news", "News of an answer", "news")
    register_kind(kind)
    return kind


@pytest.fixture
def tell(kind):
    """Have somebody told, in a transaction of its own; keywords override what `notify` is given."""

    def tell(**changes) -> None:
        with transaction.atomic():
            notify(
                kind.key,
                **{
                    "to": "lena@people.example",
                    "language": "en",
                    "context": {"title": "your answer", "reference": "ECHRI-2026-01-0042"},
                    "once": "received ECHRI-2026-01-0042",
                    **changes,
                },
            )

    return tell


@pytest.fixture
def mail_server(settings):
    """A real SMTP server, to which the portal sends; change its `behaviour`."""
    settings.EMAIL_BACKEND = "portal.notifications.smtp.EmailBackend"
    with MailServer() as server:
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = server.port
        settings.EMAIL_TIMEOUT = 5
        yield server
