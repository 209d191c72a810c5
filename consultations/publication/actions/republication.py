"""Publishing anew what was changed while it is published."""

from datetime import datetime

from consultations.publication import cards, recording
from consultations.publication.models import PublicCopy


def enter_anew(copy: PublicCopy, *, at: datetime) -> None:
    """Close the entry of a published copy and add one as it is now, and its card; not saved."""
    recording.close_published(copy)
    copy.entry_has_language = False
    copy.record_leaf = recording.record_published(copy, follows=copy.record_leaf, at=at).leaf
    cards.put_cards([copy], copy.consultation)
