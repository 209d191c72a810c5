"""Invitations to work here, and requests to take a lost second factor away: both wait for a day."""

import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.keys import hashed
from portal.stakeholders.models.organisations import Organisation, State
from portal.stakeholders.models.people import User

HOLDS = timedelta(days=7)
# How long one that is over is still listed, so that it can be sent again.
LISTED = timedelta(days=30)
_signer = Signer(salt="portal.stakeholders.invitations")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def listed(self) -> "InvitationQuerySet":
        """Return all with what their list shows, the one sent last first."""
        found = self.select_related("organisation", "state", "invited_by")
        return found.prefetch_related("roles").order_by("-sent_on", "-pk")

    def to(self, address: str) -> "InvitationQuerySet":
        """Return those to this address, however it is spelt."""
        return self.alias(lowered=Lower("email")).filter(lowered=address.lower())

    def usable(self, at: datetime) -> "InvitationQuerySet":
        """Return those that can still be accepted, made by people who have their account."""
        return self.filter(expires_at__gt=at, invited_by__is_active=True)

    def of_link(self, by: str, at: datetime) -> "Invitation | None":
        """Return what a link leads to; None for one that is no more, or never was."""
        try:
            secret = _signer.unsign(by)
        except BadSignature:
            return None
        return self.usable(at).listed().filter(link_hash=hashed(secret)).first()

    def old(self, at: datetime) -> "InvitationQuerySet":
        """Return those that nobody has accepted or sent again for a month after they ended."""
        return self.filter(expires_at__lt=at - LISTED)


class Invitation(models.Model):
    """
    An offer of roles, an organisation or a state to whoever reads one mailbox.

    It is deleted when it is accepted, declined or taken back: a link works once. The link holds a
    secret of which `link_hash` is the SHA-256; sent again, it has another. An invitation counts no
    more once who made it may invite nobody (`permissions.user_can_invite`).
    """

    email = models.EmailField(_("e-mail address"))
    roles = models.ManyToManyField(Group, blank=True, related_name="+", verbose_name=_("roles"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, verbose_name=_("organisation")
    )
    signs_for_organisation = models.BooleanField(_("signs for the organisation"), default=False)
    state = models.ForeignKey(
        State, models.CASCADE, null=True, blank=True, verbose_name=_("delegate of")
    )
    reason = models.CharField(_("what for"), max_length=300)
    language = models.CharField(max_length=12)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        verbose_name=_("invited by"),
    )
    sent_on = models.DateField(_("sent"))
    expires_at = models.DateTimeField(_("expires"))
    link_hash = models.CharField(max_length=64, unique=True, editable=False)

    objects = InvitationQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="one_invitation_an_address")
        ]

    def __str__(self) -> str:
        return _("Invitation %(number)s") % {"number": self.pk}

    def renew(self, at: datetime) -> str:
        """Give it another link, good for seven days, and return what that holds; not saved."""
        secret = secrets.token_urlsafe(24)
        self.link_hash, self.sent_on, self.expires_at = hashed(secret), at.date(), at + HOLDS
        return _signer.sign(secret)

    def is_over(self, at: datetime) -> bool:
        """Say whether its seven days have passed."""
        return self.expires_at <= at

    @property
    def role_names(self) -> list[str]:
        """Return the names of the roles that it offers."""
        return sorted(role.name for role in self.roles.all())


class FactorResetQuerySet(models.QuerySet["FactorReset"]):
    def old(self, at: datetime) -> "FactorResetQuerySet":
        """Return those that nobody can approve any more."""
        return self.filter(asked_on__lte=(at - HOLDS).date())

    def waiting(self, at: datetime) -> "FactorResetQuerySet":
        """Return those that may still be approved, the oldest first."""
        found = self.filter(asked_on__gt=(at - HOLDS).date())
        return found.select_related("person", "asked_by").order_by("asked_on", "pk")


class FactorReset(models.Model):
    """
    A request to remove somebody's second factors; a second person approves it within seven days.

    It is deleted when that is decided, and with the account of either: the log of staff says what
    was done. `reason` says how the person proved who they are.
    """

    person = models.OneToOneField(User, models.CASCADE, related_name="factor_reset")
    asked_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    asked_on = models.DateField(_("asked"))
    reason = models.CharField(_("reason"), max_length=300)

    objects = FactorResetQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("request to remove a second factor")
        verbose_name_plural = _("requests to remove a second factor")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.person_id} · {self.asked_on}"
