"""
News for whoever answered without a name: that there is some, and nothing else.

Mail in a mailbox is evidence: neither its sender, subject and body nor its time may tell what it
is about. So it goes once a day, at the day's end, whatever happened, and says where to look to
nobody who does not know (docs/decisions/0016-notifications.md).
"""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.notifications.actions import notify
from portal.notifications.registry import NotificationKind, register_kind

KIND = "news.neutral"


def tell_of_news(*, to: str, language: str, about: str) -> None:
    """
    Have `to` told, when the day (of UTC) is over, that there is news of what they know of.

    Told of several things of the same `about` in one day, it is one mail. In the caller's
    transaction.
    """
    notify(
        KIND,
        to=to,
        language=language,
        context={},
        once=f"{KIND}.{about}.{timezone.now().date()}",
        about=about,
        tomorrow=True,
    )


def register_kinds() -> None:
    """Make the mail known."""
    register_kind(
        NotificationKind(
            KIND,
            _("News that does not say what it is about"),
            "notifications/mail/neutral_news",
            is_neutral=True,
        )
    )
