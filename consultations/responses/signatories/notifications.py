"""What an organisation's people are told of its draft, as kinds of notification."""

from django.utils.translation import gettext_lazy as _

from portal.notifications.registry import NotificationKind, register_kind

TO_SIGN, SENT_BACK = "response.to-sign", "response.sent-back"


def register() -> None:
    """Make the kinds known."""
    register_kind(
        NotificationKind(TO_SIGN, _("A response waits for a signature"), "responses/mail/to_sign")
    )
    register_kind(
        NotificationKind(
            SENT_BACK, _("A draft was sent back with a remark"), "responses/mail/sent_back"
        )
    )
