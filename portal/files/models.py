"""A file that came in: what it is, never whose it is, what it was called, or when to the hour."""

from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.files.kinds import KINDS
from portal.files.messages import NOTES
from portal.keys import RandomUUIDField


class State(models.TextChoices):
    QUARANTINED = "quarantined", _("Being checked for harmful software")
    CLEAN = "clean", _("Checked")
    INFECTED = "infected", _("Deleted: it held harmful software")


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def waiting(self) -> "StoredFileQuerySet":
        """Those that the virus scanner has yet to see."""
        return self.filter(state=State.QUARANTINED)

    def ready(self) -> "StoredFileQuerySet":
        """Those that may be downloaded by whoever may see what they belong to."""
        return self.filter(state=State.CLEAN)


class StoredFileManager(models.Manager.from_queryset(StoredFileQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> models.QuerySet["StoredFile"]:
        """Without the text, which may be long: it is read when it is asked for."""
        return super().get_queryset().defer("text")


class StoredFile(models.Model):
    """
    One file that we made of what somebody sent. Whoever uses it keeps its id; it knows no owner.

    `size` (bytes) and `sha256` are of what is stored, not of what was sent. `text` is for screen
    readers and search: the words that can be seen, pages parted by form feeds. `notes` are keys of
    `messages.NOTES`. `stored_on` is a day in UTC. An infected one has no bytes any more:
    its row stays so that what it belonged to can say so.
    """

    id = RandomUUIDField()
    kind = models.CharField(
        _("kind"), max_length=8, choices=[(kind.key, kind.label) for kind in KINDS.values()]
    )
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64, editable=False)
    text = models.TextField(_("text"), blank=True)
    notes = models.JSONField(_("notes"), default=list)
    state = models.CharField(_("state"), max_length=11, choices=State)
    stored_on = models.DateField(_("stored"))

    objects = StoredFileManager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("attached file")
        verbose_name_plural = _("attached files")

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
        """For the name that a download gets, without the dot."""
        return KINDS[self.kind].extension

    @property
    def told(self) -> list[str | Promise]:
        """What became of the file, in sentences for whoever sent it."""
        return [NOTES[code] for code in self.notes if code in NOTES]

    @property
    def has_text(self) -> bool:
        """Whether its words can be had beside it: it is no text itself, and no picture of words."""
        return self.kind in ("pdf", "xlsx") and "scan" not in self.notes

    @property
    def is_ready(self) -> bool:
        """Whether it may be downloaded at all."""
        return self.state == State.CLEAN

    @property
    def storage_name(self) -> str:
        """Where its bytes lie: random, as the id is."""
        return f"{self.id.hex[:2]}/{self.id.hex}"

    def describe(self, number: int) -> str:
        """
        What a page calls it, as it has no name: "Attachment 1 (PDF, 120 KB)".

        `number` is its place among the files of what it belongs to, from 1. One that cannot be
        downloaded says why.
        """
        described = _("Attachment %(number)d (%(kind)s, %(size)s)") % {
            "number": number,
            "kind": self.kind_label,
            "size": filesizeformat(self.size),
        }
        return str(described) if self.is_ready else f"{described} – {self.get_state_display()}"
