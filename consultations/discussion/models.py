"""A consultation's thread, its comments, their earlier wordings, and what moderators did."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage
from consultations.discussion.fields import PathField
from consultations.discussion.queries import CommentQuerySet, ThreadQuerySet
from portal.taxonomy.fields import TermField
from portal.taxonomy.vocabularies import GROUP, LANGUAGE, SUBMITTER_TYPE

MAX_BODY = 5_000


class Thread(models.Model):
    """
    The discussion of a consultation, made with its first comment.

    `closed_at` is set when a moderator closes it before the consultation's own deadline does.
    """

    consultation = models.OneToOneField(
        ConsultationPage, models.PROTECT, related_name="thread", verbose_name=_("consultation")
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_reason = models.CharField(_("reason for closing"), max_length=500, blank=True)

    objects = ThreadQuerySet.as_manager()
    wagtail_reference_index_ignore = True  # nothing here is CMS content that could be deleted

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")

    def __str__(self) -> str:
        return str(self.consultation)


class HideReason(models.TextChoices):
    """The published reasons for hiding a comment; the moderation policy explains each."""

    PERSONAL_DATA = "personal-data", _("Personal data of somebody else")
    OFF_TOPIC = "off-topic", _("Off topic")
    ABUSE = "abuse", _("Abuse or threats")
    UNLAWFUL = "unlawful", _("Unlawful content")
    SPAM = "spam", _("Advertising or spam")


class Comment(models.Model):
    """
    A contribution to a thread.

    `path` places it (see `paths.py`) and never changes; `parent` is the comment it answers.
    `submitter_type` and `group` are what its author spoke as when writing. `submission_key` comes
    with the form, so that a form sent twice makes one comment. `record_leaf` is the leaf of the
    record's entry of its present wording.
    """

    thread = models.ForeignKey(
        Thread, models.PROTECT, related_name="comments", db_index=False, verbose_name=_("thread")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies"
    )
    path = PathField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="comments",
        db_index=False,
        verbose_name=_("author"),
    )
    submitter_type = TermField(SUBMITTER_TYPE)
    group = TermField(GROUP)
    body = models.TextField(_("comment"), max_length=MAX_BODY)
    language = TermField(LANGUAGE)
    is_official = models.BooleanField(_("official answer"), default=False)
    created_at = models.DateTimeField(_("posted"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    hidden_reason = models.CharField(
        _("reason for hiding"), max_length=16, choices=HideReason, blank=True
    )
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    record_leaf = models.CharField(max_length=64, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["thread", "path"], name="comment_place")
        ]
        indexes: ClassVar = [
            models.Index(fields=["thread", "id"], name="comment_by_age"),
            models.Index(fields=["author", "created_at"], name="comment_by_author"),
        ]

    def __str__(self) -> str:
        return _("Comment %(id)s") % {"id": self.pk}

    def get_absolute_url(self) -> str:
        """The permanent address, which is cited: short, without language."""
        return reverse("comment_permalink", args=[self.pk])

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None


class CommentVersion(models.Model):
    """An earlier wording of a comment, kept when its author changed it."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="versions")
    body = models.TextField()
    language = TermField(LANGUAGE)
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    record_leaf = models.CharField(max_length=64, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["-replaced_at", "-id"]
        verbose_name = _("earlier wording")
        verbose_name_plural = _("earlier wordings")

    def __str__(self) -> str:
        return f"{self.comment_id} · {self.written_at:%Y-%m-%d %H:%M}"


class ModerationAct(models.Model):
    """One act of a moderator; rows are only ever added."""

    class Verb(models.TextChoices):
        HIDE = "hide", _("Hidden")
        RESTORE = "restore", _("Restored")

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="moderation_acts")
    verb = models.CharField(max_length=8, choices=Verb)
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
