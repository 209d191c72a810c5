"""That an organisation's answer waits for a signature, as a kind of notification."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.cms.jinja import deadline_in_words
from portal.notifications.registry import NotificationKind, register_kind

TO_SIGN = "response.to-sign"


def register() -> None:
    """Make the kind known."""
    label, template = _("A response waits for a signature"), "responses/mail/to_sign"
    register_kind(NotificationKind(TO_SIGN, label, template, prepare=prepare))


def prepare(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the mail says now; `deadline` (aware, ISO) and `zone` become words."""
    deadline = datetime.fromisoformat(context["deadline"])
    return {**context, "deadline": deadline_in_words(deadline, context["zone"])}
