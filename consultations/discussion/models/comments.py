"""A consultation's thread, its comments, and their earlier wordings."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.calls.models import ConsultationPage
from consultations.discussion.fields import PathField
from consultations.discussion.policy import HideReason, rule_href
from consultations.discussion.threads.queries import CommentQuerySet, ThreadQuerySet
from portal.stakeholders.models import User
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


class Spoken(models.Model):
    """
    A speaker, as their profile was when a wording was posted; nothing changes it afterwards.

    `is_verified`: staff had set the organisation, and it had answered from its own domain. All is
    empty once the author took the wording or their name back.
    """

    author_name = models.CharField(_("name"), max_length=100, blank=True)
    group = TermField(GROUP, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    is_verified = models.BooleanField(_("verified"), default=False)

    class Meta:
        abstract = True

    def spoken_by(self, author: User) -> None:
        """Keep who speaks, as the profile of `author` is now; the row is not saved."""
        organisation = author.organisation
        self.author_name, self.group = author.name, author.group
        self.organisation_name = author.public_affiliation
        self.is_verified = organisation is not None and organisation.is_verified

    def spoken_as(self, other: "Spoken") -> None:
        """Keep who spoke in another row; this one is not saved."""
        for field in Spoken._meta.get_fields():
            setattr(self, field.name, getattr(other, field.name))

    @property
    def speaker(self) -> str:
        """Return the name that is shown."""
        return self.author_name or gettext("Former member")


class Comment(Spoken):
    """
    A contribution to a thread.

    `path` places it (see `paths.py`) and never changes; `parent` is the comment it answers. The
    fields of `Spoken` and `submitter_type` are what its author spoke as when posting the present
    wording. `author` is whose it is to change and remove, and is shown to nobody; `author_seal`
    is the random bytes with which the record's entries name them (`recording.content`).
    `submission_key` comes with the form, so that a form sent twice makes one comment. `record_leaf`
    is the leaf of the record's entry of its present wording. A comment with `removed_on` (a day in
    UTC) was removed by its author: its place is left, and nothing of what it said or who said it.
    """

    thread = models.ForeignKey(
        Thread, models.PROTECT, related_name="comments", db_index=False, verbose_name=_("thread")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies"
    )
    path = PathField()
    # Whoever deletes an account decides first what becomes of its comments (`departures.py`).
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="comments",
        db_index=False,
        verbose_name=_("author"),
    )
    author_seal = models.BinaryField(null=True, editable=False)
    submitter_type = TermField(SUBMITTER_TYPE, blank=True)
    body = models.TextField(_("comment"), max_length=MAX_BODY)
    language = TermField(LANGUAGE, blank=True)
    is_official = models.BooleanField(_("official answer"), default=False)
    created_at = models.DateTimeField(_("posted"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    hidden_reason = models.CharField(
        _("reason for hiding"), max_length=16, choices=HideReason, blank=True
    )
    removed_on = models.DateField(_("removed by its author"), null=True, blank=True)
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
            models.Index(fields=["thread", "group", "path"], name="comment_by_group"),
            models.Index(
                fields=["thread", "path"], name="comment_official", condition=Q(is_official=True)
            ),
            models.Index(fields=["author", "created_at"], name="comment_by_author"),
            # What moderators look for: few of many.
            models.Index(
                fields=["thread"], name="comment_hidden", condition=Q(hidden_at__isnull=False)
            ),
            models.Index(
                fields=["thread"], name="comment_removed", condition=Q(removed_on__isnull=False)
            ),
            models.Index(fields=["author_name", "organisation_name"], name="comment_by_speaker"),
        ]

    def __str__(self) -> str:
        return _("Comment %(id)s") % {"id": self.pk}

    def get_absolute_url(self) -> str:
        """Return the permanent address, which is cited: short, without language."""
        return reverse("comment_permalink", args=[self.pk])

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def rule_href(self) -> str:
        """Return the address of the rule by which it is hidden."""
        return rule_href(self.hidden_reason)

    @property
    def is_removed(self) -> bool:
        return self.removed_on is not None

    @property
    def is_shown(self) -> bool:
        """Say whether everybody may read it: neither hidden nor removed."""
        return not self.is_hidden and not self.is_removed


class CommentVersion(Spoken):
    """
    An earlier wording of a comment, kept when its author changed it, and who spoke it.

    `number` counts the wordings of a comment from 1, the first. A moderator may hide one by itself.
    """

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    body = models.TextField()
    language = TermField(LANGUAGE)
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    hidden_reason = models.CharField(
        _("reason for hiding"), max_length=16, choices=HideReason, blank=True
    )
    record_leaf = models.CharField(max_length=64, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering: ClassVar = ["-number"]
        verbose_name = _("earlier wording")
        verbose_name_plural = _("earlier wordings")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "number"], name="one_wording_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} · {self.written_at:%Y-%m-%d %H:%M}"

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def rule_href(self) -> str:
        """Return the address of the rule by which it is hidden."""
        return rule_href(self.hidden_reason)
