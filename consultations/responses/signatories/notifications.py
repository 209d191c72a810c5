"""What an organisation's people are told of its draft, as kinds of notification."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.cms.jinja import deadline_in_words
from portal.notifications.registry import NotificationKind, register_kind

TO_SIGN, SENT_BACK = "response.to-sign", "response.sent-back"


def register() -> None:
    """Make the kinds known."""
    label, template = _("A response waits for a signature"), "responses/mail/to_sign"
    register_kind(NotificationKind(TO_SIGN, label, template, prepare=prepare))
    label, template = _("A draft was sent back with a remark"), "responses/mail/sent_back"
    register_kind(NotificationKind(SENT_BACK, label, template))


def prepare(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the mail says now; `deadline` (aware, ISO) and `zone` become words."""
    deadline = datetime.fromisoformat(context["deadline"])
    return {**context, "deadline": deadline_in_words(deadline, context["zone"])}
