"""Why a file that somebody shows is not taken in."""

from django.utils.translation import gettext_lazy as _

from portal.web.errors import NotRight


class NotTaken(NotRight):
    """The file cannot be read; what was answered stays as it is."""

    field = "file"


class TooBig(NotTaken):
    message = _("This file is far too large to be a self-assessment.")


class NotText(NotTaken):
    message = _("This is not the file of a self-assessment: it is not text.")


class Foreign(NotTaken):
    message = _("This is not the file of a self-assessment. Choose the file that you saved here.")


class OfTheOther(NotTaken):
    message = _(
        "This is the file of the other self-assessment: that of a company is not that of a state."
    )


class OtherVersion(NotTaken):
    message = _(
        "This file holds answers to another version of the statements. It cannot be compared with "
        "this one."
    )


class Changed(NotTaken):
    message = _(
        "This file was changed after it was saved, or it was not saved whole. Use an unchanged "
        "copy."
    )
