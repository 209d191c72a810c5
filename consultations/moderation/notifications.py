"""What those who dispute a response are told."""

from django.utils.translation import gettext_lazy as _

from portal.notifications.registry import NotificationKind, register_kind

DISPUTE_DECIDED = "dispute.decided"


def register_kinds() -> None:
    """Make known what can be told."""
    register_kind(
        NotificationKind(DISPUTE_DECIDED, _("A dispute was decided"), "moderation/mail/dispute")
    )
