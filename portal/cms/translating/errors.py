"""Why nothing is translated."""

from django.utils.translation import gettext_lazy as _

from portal.web.errors import Refused


class ParentNotThereError(Refused):
    """Nowhere to put it: the page above it has no translation."""

    status_code = 409
    message = _("Translate the page above this one first: the translation stands below it.")


class IsThereError(Refused):
    """Somebody has begun it."""

    status_code = 409
    message = _("This page is there in this language already.")


class LockedError(Refused):
    """It waits for a second person, or somebody locked it."""

    status_code = 409
    message = _("The translation waits for approval or is locked. Nothing was saved.")


class WordsAtFaultError(Refused):
    """Some texts are at fault; `faults` has them by key."""

    status_code = 422
    message = _("Some texts are at fault. Nothing was saved.")

    def __init__(self, faults: dict[str, list[str]]) -> None:
        super().__init__()
        self.faults = faults
