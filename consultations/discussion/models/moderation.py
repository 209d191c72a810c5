"""What moderators did, what authors say against it, and how far moderators have read."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.discussion.models.comments import Comment
from consultations.discussion.policy import HideReason, rule_href

MAX_APPEAL = 2_000


class ModerationAct(models.Model):
    """
    One act of a moderator; rows are only ever added.

    `wording` is the number of the earlier wording that it concerns, None for the whole comment.
    `note` is for moderators alone.
    """

    class Verb(models.TextChoices):
        HIDE = "hide", pgettext_lazy("what staff did", "Hidden")
        RESTORE = "restore", _("Restored")
        UPHOLD = "uphold", _("Hiding confirmed after an appeal")

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="moderation_acts")
    verb = models.CharField(max_length=8, choices=Verb)
    wording = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=16, choices=HideReason, blank=True)
    note = models.CharField(max_length=500, blank=True)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    record_leaf = models.CharField(max_length=64, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name = _("moderation act")
        verbose_name_plural = _("moderation acts")

    def __str__(self) -> str:
        return f"{self.get_verb_display()} · {self.comment_id}"

    @property
    def rule_href(self) -> str:
        """Return the address of the rule that it names."""
        return rule_href(self.reason)


class ReadMark(models.Model):
    """A place up to which a moderator has read the queue of comments: for their own list."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    comment_id = models.BigIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("mark of what was read")
        verbose_name_plural = _("marks of what was read")

    def __str__(self) -> str:
        return str(self.comment_id)


class AppealQuerySet(models.QuerySet["Appeal"]):
    def undecided(self) -> "AppealQuerySet":
        """Return those that wait for a decision."""
        return self.filter(decision=None)

    def count_and_oldest(self) -> dict[str, Any]:
        """Return how many there are, and when the oldest was made; None where there is none."""
        return self.aggregate(count=models.Count("pk"), oldest=models.Min("made_at"))

    def about(self, comment_id: int, wording: int | None) -> "AppealQuerySet":
        """Return those about a comment, or about one of its earlier wordings."""
        return self.filter(act__comment=comment_id, act__wording=wording)


class Appeal(models.Model):
    """
    An author's appeal against one act of hiding; it is decided once, by another moderator.

    `decision` is the act that decided it: the text is shown again, or the hiding is confirmed.
    `text` and `answer` (why it was decided so) are read by its author and moderators, and erased
    with the comment.
    """

    act = models.OneToOneField(ModerationAct, models.PROTECT, related_name="appeal")
    text = models.CharField(_("appeal"), max_length=MAX_APPEAL, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    decision = models.OneToOneField(
        ModerationAct, models.PROTECT, null=True, blank=True, related_name="decided_appeal"
    )
    answer = models.CharField(_("reason for the decision"), max_length=MAX_APPEAL, blank=True)

    objects = AppealQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["made_at", "id"]
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")

    def __str__(self) -> str:
        return _("Appeal about comment %(id)s") % {"id": self.act.comment_id}

    @property
    def is_open(self) -> bool:
        return self.decision_id is None

    @property
    def is_granted(self) -> bool:
        """Say whether the text is shown again by its decision."""
        return self.decision is not None and self.decision.verb == ModerationAct.Verb.RESTORE
