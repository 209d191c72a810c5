"""Why a translation is not ticked."""

from django.utils.translation import gettext_lazy as _

from portal.web.errors import NotPermitted as NotPermitted
from portal.web.errors import NotRight, Refused


class WordingChanged(Refused):
    """The wording is not the one that the form was opened with."""

    message = _(
        "The wording changed after you opened this page, so nothing was ticked. The new wording "
        "stands below. Tick it if it is what the native reader read."
    )


class NothingToRead(Refused):
    """The language has no catalogue, or nothing of this text in it."""

    message = _("This text is not translated into this language yet.")


class ReadLater(NotRight):
    """It was read on a day that is still to come."""

    message = _("That day is in the future.")
    field = "read_on"
