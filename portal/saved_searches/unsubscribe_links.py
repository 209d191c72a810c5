"""The link by which the mails about one person's saved searches are stopped."""

from portal.notifications.unsubscribe_links import StopLink

_link = StopLink("portal.saved_searches.stop", "saved_searches:stop")
stop_address, owner_of = _link.address, _link.key_of
