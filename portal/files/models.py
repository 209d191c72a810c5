"""A file that came in: what it is, never whose it is, what it was called, or when to the hour."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.files.kinds import KINDS
from portal.files.messages import NOTES, refusal_message
from portal.keys import RandomUUIDField


class State(models.TextChoices):
    WAITING = "waiting", _("Being checked")
    REFUSED = "refused", _("Not taken")
    QUARANTINED = "quarantined", _("Being checked for harmful software")
    CLEAN = "clean", _("Checked")
    INFECTED = "infected", _("Deleted: it held harmful software")


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def waiting(self) -> "StoredFileQuerySet":
        """Return those that the virus scanner has yet to see."""
        return self.filter(state=State.QUARANTINED)

    def waiting_in_processes(self) -> "models.QuerySet[StoredFile, tuple[Any, str, date]]":
        """Return those that nobody has looked at: id, the process that can open them, day."""
        return self.filter(state=State.WAITING).values_list("pk", "holder", "stored_on")

    def unsent_bytes(self) -> int:
        """Return how many bytes are kept of what was not sent yet."""
        return self.filter(is_sent=False).aggregate(sum=Sum("size"))["sum"] or 0

    def ready(self) -> "StoredFileQuerySet":
        """Return those that may be downloaded by whoever may see what they belong to."""
        return self.filter(state=State.CLEAN)


class StoredFileManager(models.Manager.from_queryset(StoredFileQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> models.QuerySet["StoredFile"]:
        """Leave out the text, which may be long: it is read when it is asked for."""
        return super().get_queryset().defer("text")


class StoredFile(models.Model):
    """
    One file that we made of what somebody sent. Whoever uses it keeps its id; it knows no owner.

    `size` (bytes) and `sha256` are of what is stored, not of what was sent. `text` is for screen
    readers and search: the words that can be seen, pages parted by form feeds. `notes` are keys of
    `messages.NOTES`. `stored_on` is a day in UTC. An infected one has no bytes any more:
    its row stays so that what it belonged to can say so.

    One that waits to be made anew has no kind and no hash yet; `size` is that of what was sent, and
    `holder` the process that can open it (`processes`). One that was refused says why in
    `refusal`: a code of `messages.REFUSALS` and its parameters. `is_sent` is set once it belongs to
    something that was sent, for good.
    """

    id = RandomUUIDField()
    kind = models.CharField(
        _("kind"),
        max_length=8,
        choices=[(kind.key, kind.label) for kind in KINDS.values()],
        blank=True,
    )
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    text = models.TextField(_("text"), blank=True)
    notes = models.JSONField(_("notes"), default=list)
    state = models.CharField(
        pgettext_lazy("how far a file or a mail is", "state"), max_length=11, choices=State
    )
    stored_on = models.DateField(_("stored"))
    holder = models.CharField(max_length=32, blank=True, editable=False)
    refusal = models.JSONField(default=dict, editable=False)
    is_sent = models.BooleanField(default=False, editable=False)

    objects = StoredFileManager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("attached file")
        verbose_name_plural = _("attached files")
        indexes: ClassVar = [
            models.Index(fields=["size"], condition=Q(is_sent=False), name="unsent_files")
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def media_type(self) -> str:
        return KINDS[self.kind].media_type

    @property
    def kind_label(self) -> str:
        """E.g. "PDF"."""
        return str(KINDS[self.kind].label)

    @property
    def extension(self) -> str:
        """Return the extension of the name that a download gets, without the dot."""
        return KINDS[self.kind].extension

    @property
    def told(self) -> list[str | Promise]:
        """Tell what became of the file, in sentences for the person who sent it."""
        return [NOTES[code] for code in self.notes if code in NOTES]

    @property
    def has_text(self) -> bool:
        """Say whether its words can be had beside it: it is no text and no picture of words."""
        return self.kind in ("pdf", "xlsx") and "scan" not in self.notes

    @property
    def is_waiting(self) -> bool:
        """Say whether nobody has looked at it yet."""
        return self.state == State.WAITING

    @property
    def is_refused(self) -> bool:
        """Say whether it was not taken; `why_not` says why."""
        return self.state == State.REFUSED

    @property
    def why_not(self) -> str:
        """Say why it was not taken, in the language of now; "" where it was."""
        if not self.is_refused:
            return ""
        return refusal_message(self.refusal.get("code", ""), self.refusal.get("parameters", {}))

    @property
    def is_ready(self) -> bool:
        """Say whether it may be downloaded at all."""
        return self.state == State.CLEAN

    @property
    def storage_name(self) -> str:
        """Return where its bytes lie: random, as the id is."""
        return f"{self.id.hex[:2]}/{self.id.hex}"

    def describe(self, number: int) -> str:
        """
        Return what a page calls it, as it has no name: "Attachment 1 (PDF, 120 KB)".

        `number` is its place among the files of what it belongs to, from 1. One that cannot be
        downloaded says why.
        """
        if self.is_waiting or self.is_refused:
            told = {"number": number, "state": self.get_state_display(), "why": self.why_not}
            # Translators: state is “Not taken” or “Being checked”, why a sentence.
            return (_("Attachment %(number)d – %(state)s. %(why)s") % told).strip()
        parts = {"number": number, "kind": self.kind_label, "size": filesizeformat(self.size)}
        if "left-out" in self.notes:
            return _("Attachment %(number)d (text, %(size)s; its author left passages out)") % parts
        described = _("Attachment %(number)d (%(kind)s, %(size)s)") % parts
        return str(described) if self.is_ready else f"{described} – {self.get_state_display()}"
