"""The link by which one following is stopped; chance has drawn its number."""

from portal.notifications.unsubscribe_links import StopLink

_link = StopLink("consultations.following.stop", "following:stop")
stop_address, followed_by = _link.address, _link.key_of
