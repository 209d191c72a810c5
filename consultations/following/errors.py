"""Why following is refused."""

from django.utils.translation import gettext_lazy as _

from portal.web.errors import Refused


class FollowingIsOver(Refused):
    """Nothing more is told of the consultation."""

    message = _(
        "This consultation can no longer be followed: its outcome is published, it was cancelled, "
        "or its deadline was two years ago. We have kept no address."
    )
