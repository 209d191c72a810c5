"""What a reader is told of a change: a note with each version of a guide."""

from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class NotedChange(Page):
    """A guide that readers have is changed with a note, or with the reason why none is needed."""

    published_versions: Any

    # Of the text that is not published yet: the version that it becomes keeps both.
    change_note = models.CharField(
        _("what changed"),
        max_length=400,
        blank=True,
        help_text=_(
            "What a reader who relied on the text until now must know. Needed to change a "
            "published guide. Of a minor change, why it is one."
        ),
    )
    is_minor_change = models.BooleanField(
        _("minor change"),
        default=False,
        help_text=_("Nothing that a reader relies on is different, such as a spelling."),
    )

    class Meta:
        abstract = True

    def lacks_note(self) -> str:
        """Say that a change of what readers have needs a note of its own; "" where it has one."""
        if not (self.pk and self.live and self.kept_versions):
            return ""
        note = self.change_note.strip()
        if note and note != self.kept_versions[0].note:
            return ""
        if note:
            return gettext("This is the note of the version that readers have. Say what is new.")
        if self.is_minor_change:
            return gettext("Say why this change is minor. Readers see it in the list of versions.")
        return gettext("Say what changed since the version that readers have, or why it is minor.")

    @cached_property
    def kept_versions(self) -> list[Any]:
        """
        Return its versions without their texts, the newest first.

        One query, or none where the guide's own brought them.
        """
        if hasattr(self, "has_published_versions"):
            return self.rows("published_versions")
        return list(self.published_versions.without_text()) if self.pk else []
