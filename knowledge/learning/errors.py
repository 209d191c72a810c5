"""Why a file of progress, or what a form carries of it, is not taken."""

from django.utils.translation import gettext_lazy as _

from portal.web.errors import NotRight


class UnreadableError(NotRight):
    """Refusal of what holds no progress that this portal wrote."""

    message = _("This is not a file of progress from this portal. Choose the file that you saved.")
    field = "file"


class TooBigError(UnreadableError):
    message = _("This file is too big to be a file of progress. Choose the file that you saved.")


class OtherFormatError(UnreadableError):
    message = _(
        "This file was made by another version of the portal, which this one cannot read. Nothing "
        "was changed."
    )


class ChangedError(UnreadableError):
    message = _(
        "This file was changed after it was saved, or comes from another portal. It cannot be used."
    )


class OtherPathError(UnreadableError):
    message = _("This file belongs to another path. Open that path and load the file there.")
