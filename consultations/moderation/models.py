"""What screening staff did with responses, what confidential they opened, and what is disputed."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.moderation.policy import Reason, Verb
from consultations.responses.models import Handling, Numbered, Response, one_a_number
from portal.keys import RandomKeyField

MAX_APPEAL = 2_000


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


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    def in_force(self) -> "ClearanceQuerySet":
        """Return those that a second person gave, and nobody has ended."""
        return self.filter(given_on__isnull=False, ended_on__isnull=True)

    def proposed(self) -> "ClearanceQuerySet":
        """Return those that wait for a second person, with the people, the oldest first."""
        found = self.filter(given_on__isnull=True, ended_on__isnull=True)
        return found.select_related("person", "proposed_by").order_by("proposed_on", "pk")


class Clearance(models.Model):
    """
    A permission to open what is for officials only: proposed by one, given by another.

    The leaves are of the record's entries about its beginning and its end. `proposed_by` is empty
    where it stems from before a second person was asked for.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="clearances",
        verbose_name=_("who"),
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    proposed_on = models.DateField(_("proposed"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    given_on = models.DateField(_("given"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    ended_on = models.DateField(_("ended"), null=True)
    record_leaf = models.CharField(max_length=64, blank=True, editable=False)
    end_leaf = models.CharField(max_length=64, blank=True, editable=False)

    objects = ClearanceQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["pk"]
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_on__isnull=True), name="one_clearance_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.proposed_on}"

    @property
    def is_proposal(self) -> bool:
        """Say whether it waits for a second person."""
        return self.given_on is None and self.ended_on is None


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def waiting(self) -> QuerySet["Dispute"]:
        """Return those that nobody has decided yet, by day, the oldest first."""
        return self.filter(decided_on__isnull=True).order_by("opened_on", "pk")

    def unseen(self) -> QuerySet["Dispute"]:
        """Return those that no moderator has taken up: the public knows nothing of these."""
        return self.waiting().filter(taken_up_on__isnull=True)

    def taken_up(self) -> QuerySet["Dispute"]:
        """Return those of them that the public page tells of."""
        return self.waiting().filter(taken_up_on__isnull=False)


class Dispute(models.Model):
    """
    Somebody says that a published response was sent in their name falsely.

    Nothing public changes until a moderator takes it up (`taken_up_on`); then the response stays as
    it is, marked as disputed, until one decides. `sealed_contact` is a confirmed address, kept
    until then, so that whoever disputes can hear of it in `language`.
    """

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Upheld: removed from publication")
        NOT_UPHELD = "not-upheld", _("Not upheld: stays published")

    id = RandomKeyField()
    response = models.ForeignKey(Response, models.CASCADE, related_name="disputes")
    text = models.TextField(_("explanation"), max_length=3000)
    language = models.CharField(max_length=8, default="en")
    sealed_contact = models.BinaryField(null=True, editable=False)
    opened_on = models.DateField(_("opened"))
    taken_up_on = models.DateField(_("taken up"), null=True, blank=True)
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)

    objects = DisputeQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["opened_on", "pk"]
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, outcome="")
                | (Q(decided_on__isnull=False) & ~Q(outcome="")),
                name="dispute_decided_has_outcome",
            )
        ]

    def __str__(self) -> str:
        return f"{self.response_id} · {self.opened_on}"


class ResponseAppealQuerySet(models.QuerySet["Appeal"]):
    def undecided(self) -> "ResponseAppealQuerySet":
        """Return those that wait for another moderator, by day, the oldest first."""
        return self.filter(decision__isnull=True).order_by("made_on", "pk")


class Appeal(models.Model):
    """
    An author's appeal against a rejection or a removal; it is decided once, by another moderator.

    `against` is the act that rejected it, or the first of those that removed it. `decision` is the
    act that decided it. `text` and `answer` (why it was decided so) are read by its author and the
    staff, and erased when the response is withdrawn. `made_on` is a day, as of all that is told of
    a response.
    """

    id = RandomKeyField()
    response = models.ForeignKey(Response, models.CASCADE, related_name="appeals")
    against = models.OneToOneField(ScreeningAct, models.CASCADE, related_name="appeal")
    text = models.TextField(_("appeal"), max_length=MAX_APPEAL, blank=True)
    made_on = models.DateField(_("made"))
    decision = models.OneToOneField(
        ScreeningAct, models.CASCADE, null=True, blank=True, related_name="decided_appeal"
    )
    answer = models.TextField(_("reason for the decision"), max_length=MAX_APPEAL, blank=True)

    objects = ResponseAppealQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["made_on", "pk"]
        verbose_name = _("appeal about a response")
        verbose_name_plural = _("appeals about responses")

    def __str__(self) -> str:
        return f"{self.response_id} · {self.made_on}"

    @property
    def is_open(self) -> bool:
        return self.decision_id is None

    @property
    def is_granted(self) -> bool:
        """Say whether its decision took back what it was against."""
        return self.decision is not None and self.decision.verb == Verb.GRANT_APPEAL
