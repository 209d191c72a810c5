"""A round of checking a guide's facts, the experts asked, and what each says of each section."""

import secrets
from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knowledge.guides.models import GuidePage
from portal.keys import RandomKeyField, hashed

# How long a link works after the deadline, and how long addresses stay after the round is closed.
GRACE = timedelta(days=14)
KEPT = timedelta(days=90)
LONGEST = timedelta(days=365)


class FactCheckQuerySet(models.QuerySet["FactCheck"]):
    def open(self) -> "FactCheckQuerySet":
        return self.filter(closed_on__isnull=True)


class FactCheck(models.Model):
    """
    One round of checking one text of a guide.

    The text is frozen: `sections` (see `sections.py`) as they were on the day of opening, with the
    key of their revision (None where the page had none) and their digest. `version` is the number
    of the publication that the text is, or would be. Days are of UTC.
    """

    guide = models.ForeignKey(GuidePage, models.CASCADE, related_name="fact_checks")
    revision_key = models.PositiveBigIntegerField(null=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    sections = models.JSONField(editable=False)
    version = models.PositiveIntegerField(_("version"), editable=False)
    title = models.CharField(_("title of the round"), max_length=150)
    deadline = models.DateField(_("deadline"))
    brief = models.TextField(_("what to look at"), max_length=2000)
    contact = models.EmailField(_("whom experts write to"))
    language = models.CharField(max_length=12, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("opened by"),
    )
    opened_on = models.DateField(_("opened"))
    closed_on = models.DateField(_("closed"), null=True, blank=True)

    objects = FactCheckQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("fact check")
        verbose_name_plural = _("fact checks")
        default_permissions = ()
        ordering: ClassVar = ["-opened_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def works_until(self) -> date:
        """Return the last day on which the links of this round work."""
        return self.deadline + GRACE


class ExpertQuerySet(models.QuerySet["Expert"]):
    def of_link(self, secret: str) -> "Expert | None":
        """Return whose link holds this secret, with the round and its guide; None for no one's."""
        found = self.filter(link_hash=hashed(secret))
        return found.select_related("fact_check__guide").first()

    def waiting(self) -> "ExpertQuerySet":
        """Return those of open rounds who have yet to send, with their round and its guide."""
        found = self.filter(sent_on=None, revoked_on=None, fact_check__closed_on=None)
        return found.exclude(email="").select_related("fact_check__guide")

    def named(self, guide: int | OuterRef) -> "ExpertQuerySet":
        """Return who sent a check of this guide and agreed to be named; the newest first."""
        found = self.filter(fact_check__guide=guide, sent_on__isnull=False)
        found = found.filter(consented_on__isnull=False).select_related("fact_check")
        return found.defer("fact_check__sections").order_by("-sent_on", Lower("name"))

    def to_forget(self, on: date) -> "ExpertQuerySet":
        """
        Return those with an address still kept whose round has been closed for ninety days.

        A round that nobody closes counts as closed one year after its deadline at the latest.
        """
        is_closed = Q(fact_check__closed_on__lte=on - KEPT)
        return self.filter(is_closed | Q(fact_check__deadline__lte=on - LONGEST)).exclude(email="")


class Expert(models.Model):
    """
    Somebody outside who checks one round: by a private link, without an account.

    The link holds a secret of which `link_hash` is the SHA-256. All times are days; whether the
    page was opened is not kept. Ninety days after the round is closed the address goes, and the
    name too unless they agreed to be named.
    """

    class State(models.TextChoices):
        NOTHING = "nothing", _("Nothing yet")
        # Translators: an expert has saved something, and not sent it.
        SAVED = "saved", _("Saved, not sent")
        SENT = "sent", pgettext_lazy("a check of facts", "Sent")
        # Translators: a link that no longer works.
        REVOKED = "revoked", _("Link revoked")

    id = RandomKeyField()
    fact_check = models.ForeignKey(FactCheck, models.CASCADE, related_name="experts")
    name = models.CharField(_("name"), max_length=120)
    affiliation = models.CharField(_("affiliation"), max_length=200)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=12)
    link_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_on = models.DateField(_("invited"))
    saved_on = models.DateField(_("saved"), null=True, editable=False)
    sent_on = models.DateField(_("sent"), null=True, editable=False)
    revoked_on = models.DateField(_("revoked"), null=True, editable=False)
    consented_on = models.DateField(_("agreed to be named"), null=True, editable=False)

    objects = ExpertQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        default_permissions = ()
        ordering: ClassVar = ["invited_on", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> "Expert.State":
        """Return how far they are; what was sent stays sent when the link is revoked."""
        if self.sent_on:
            return self.State.SENT
        if self.revoked_on:
            return self.State.REVOKED
        return self.State.SAVED if self.saved_on else self.State.NOTHING

    def renew(self, on: date) -> str:
        """Give them another link and return the secret in it (192 bits); not saved."""
        secret = secrets.token_urlsafe(24)
        self.link_hash, self.invited_on, self.revoked_on = hashed(secret), on, None
        return secret

    def is_over(self, on: date) -> bool:
        """Say whether the link works no more on the day `on`."""
        return self.revoked_on is not None or on > self.fact_check.works_until


class Verdict(models.Model):
    """
    One expert's word on one section, and what the editor did about it where it is incorrect.

    `section` is its place in the round's frozen text, from 0.
    """

    class Kind(models.TextChoices):
        CORRECT = "correct", _("Correct")
        INCORRECT = "incorrect", _("Incorrect")
        CANNOT_SAY = "cannot-say", _("I cannot say")

    class Outcome(models.TextChoices):
        CHANGED = "changed", _("The text is changed")
        KEPT = "kept", _("The text is not changed")

    id = RandomKeyField()
    expert = models.ForeignKey(Expert, models.CASCADE, related_name="verdicts")
    section = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind, blank=True)
    wrong = models.TextField(_("what is wrong"), max_length=2000, blank=True)
    evidence = models.TextField(_("evidence"), max_length=2000, blank=True)
    evidence_url = models.URLField(_("link to evidence"), max_length=500, blank=True)
    outcome = models.CharField(_("what became of it"), max_length=8, choices=Outcome, blank=True)
    because = models.TextField(_("because"), max_length=1000, blank=True)
    settled_on = models.DateField(_("settled"), null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        default_permissions = ()
        ordering: ClassVar = ["section", "expert__name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["expert", "section"], name="one_verdict_a_section")
        ]

    def __str__(self) -> str:
        return f"{self.section} · {self.kind}"

    @property
    def is_finding(self) -> bool:
        return self.kind == self.Kind.INCORRECT
