"""What screening staff did with responses, and what they opened."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.moderation.policy import Reason, Verb
from consultations.responses.models import Handling, Numbered, Response, one_a_number
from portal.keys import RandomKeyField


class ScreeningActQuerySet(models.QuerySet["ScreeningAct"]):
    def in_force(self) -> "ScreeningActQuerySet":
        """Return the acts that nobody has undone; an undoing itself is none."""
        undoing = ScreeningAct.objects.filter(undoes=OuterRef("pk"))
        return self.filter(~Exists(undoing), undoes__isnull=True)

    def on_rejection_of(self, version: Any) -> "ScreeningActQuerySet":
        """
        Return the acts in force that propose, confirm or decline to reject a version.

        An appeal that was granted is one of them: it ends the proposal too.
        """
        verbs = (
            *(Verb.PROPOSE_REJECTION, Verb.CONFIRM_REJECTION, Verb.DECLINE_REJECTION),
            Verb.GRANT_APPEAL,
        )
        return self.in_force().filter(version=version, verb__in=verbs)

    def open_proposal(self, version: int) -> "ScreeningAct | None":
        """Return one response's proposal to reject a version, if it waits for a second person."""
        last = self.on_rejection_of(version).last()
        return last if last and last.verb == Verb.PROPOSE_REJECTION else None


class ScreeningAct(Numbered):
    """
    One act of screening staff; rows are only ever added. Undoing is another act, in `undoes`.

    `version` is the number of the version that was judged: what comes in later is judged anew.
    `note` is for staff alone and goes nowhere else; it is erased with a response that is withdrawn
    before publication. `detail` holds what undoing needs: the status before, or for a redaction
    its question and cuts (`[[start, end, reason], …]`, places in the text and never its words);
    for a translation which question it was of, into which language, and whether it was finished;
    for an act on an appeal its key. Of a question that a second person reads before it goes, `note`
    is its words until then.
    """

    id = RandomKeyField()
    response = models.ForeignKey(Response, models.CASCADE, related_name="screening_acts")
    version = models.PositiveSmallIntegerField(_("version"))
    verb = models.CharField(_("act"), max_length=17, choices=Verb)
    reason = models.CharField(_("reason"), max_length=16, choices=Reason, blank=True)
    handling = models.CharField(_("handling"), max_length=13, choices=Handling, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    detail = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    on = models.DateField(_("day"))
    undoes = models.OneToOneField(
        "self", models.CASCADE, null=True, blank=True, related_name="undone_by"
    )
    record_leaf = models.CharField(max_length=64, blank=True, editable=False)

    objects = ScreeningActQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta(Numbered.Meta):
        verbose_name = _("screening act")
        verbose_name_plural = _("screening acts")
        constraints: ClassVar = [one_a_number("one_screening_act_a_number")]
        indexes: ClassVar = [
            models.Index(fields=["verb", "reason"], name="screening_act_by_reason"),
            # Few acts have a note: by this they are searched.
            models.Index(fields=["response"], name="noted_act", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"{self.response_id} · {self.verb}"

    def in_words(self) -> str:
        """Say what it did: "Accepted: Public · Within the rules"."""
        if self.undoes is not None:
            # Translators: act is what staff did, as in “Accepted: Public”.
            return gettext("Taken back: %(act)s") % {"act": self.undoes.in_words()}
        words = self.get_verb_display()
        if self.handling:
            words = f"{words}: {self.get_handling_display()}"
        return f"{words} · {self.get_reason_display()}" if self.reason else words


class ConfidentialView(models.Model):
    """A note: who opened what is for officials only, and when; for answers `file` is empty."""

    id = RandomKeyField()
    response = models.ForeignKey(Response, models.CASCADE, related_name="confidential_views")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("opened"))
    file = models.UUIDField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["-at", "pk"]
        verbose_name = _("confidential view")
        verbose_name_plural = _("confidential views")

    def __str__(self) -> str:
        return f"{self.response_id} · {self.at:%Y-%m-%d}"


class Opened(models.Model):
    """
    Version of a response that somebody of the staff opened last: for their own list, no more.

    It has no time. What is for officials only has a log of its own (`ConfidentialView`).
    """

    id = RandomKeyField()
    response = models.ForeignKey(Response, models.CASCADE, related_name="opened_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    version = models.PositiveSmallIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("opened response")
        verbose_name_plural = _("opened responses")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["response", "by"], name="one_opening_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.response_id} · {self.version}"
