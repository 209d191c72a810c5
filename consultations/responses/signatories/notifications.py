"""That an organisation's answer waits for a signature, as a kind of notification."""

from django.utils.translation import gettext_lazy as _

from portal.notifications.registry import NotificationKind, register_kind

TO_SIGN = "response.to-sign"


def register() -> None:
    """Make the kind known."""
    register_kind(
        NotificationKind(TO_SIGN, _("A response waits for a signature"), "responses/mail/to_sign")
    )
