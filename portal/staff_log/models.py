"""
Who of staff came in and how, what was refused to them, and what was done to their ways in.

Of staff alone: nothing of members, of visitors or of whoever answers is in it; no address, no
browser. It is erased after STAFF_LOG_DAYS.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class What(models.TextChoices):
    """Names of what happened."""

    SIGNED_IN = "signed-in", _("signed in")
    PROVED = "proved", _("confirmed who they are")
    SIGNED_OUT = "signed-out", _("signed out")
    WRONG_PASSWORD = "wrong-password", _("wrong password")
    WRONG_CODE = "wrong-code", _("wrong code from an e-mail")
    WRONG_FACTOR = "wrong-factor", _("wrong second factor")
    UNPROVED = "unproved", _("stopped at the admin's door without the second factor")
    REFUSED = "refused", _("refused")
    FACTOR_ADDED = "factor-added", _("second factor added")
    FACTOR_REMOVED = "factor-removed", _("second factor removed")
    CODES_MADE = "codes-made", _("new recovery codes")
    PASSWORD_CHANGED = "password-changed", _("password changed")
    ADDRESS_CHANGED = "address-changed", _("e-mail address changed")
    ACCOUNT_CHANGED = "account-changed", _("changed somebody's account")
    ACCOUNT_DELETED = "account-deleted", _("deleted somebody's account")
    ACCOUNT_EXPORTED = "account-exported", _("took out what is kept about somebody")
    INVITED = "invited", _("invited somebody")
    FACTOR_RESET = "factor-reset", _("removal of a lost second factor")
    CLEARANCE = "clearance", _("clearance for confidential answers")
    INTEREST = "interest", _("interest in a consultation")
    TRANSLATION = "translation", _("check of a translation")
    SESSIONS_ENDED = "sessions-ended", _("ended somebody's sessions")


class StaffEvent(models.Model):
    """
    One line: `person`, who is or was staff, `what`, and `detail`: by which ways, or where.

    `name` is what the person was called then; it stays when the account goes.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    name = models.CharField(_("name"), max_length=100)
    what = models.CharField(_("what"), max_length=16, choices=What)
    detail = models.CharField(_("detail"), max_length=200, blank=True)
    at = models.DateTimeField(_("when"), db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name = _("line of the log of staff")
        verbose_name_plural = _("lines of the log of staff")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.name} · {self.what}"
