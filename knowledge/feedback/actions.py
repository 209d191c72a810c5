"""Keeping what readers say of guides, and erasing it when it is old."""

from datetime import date

from knowledge.feedback.models import Feedback
from knowledge.guides.models import GuidePage

KEPT_MONTHS = 24


def keep_feedback(
    *, guide: GuidePage, was_useful: bool, text: str, words: str, language: str, on: date
) -> Feedback:
    """Keep for staff what a reader said of a guide; `words` as they may be counted, or ""."""
    return Feedback.objects.create(
        guide=guide, was_useful=was_useful, text=text, words=words, language=language, day=on
    )


def erase_old_feedback(*, on: date) -> int:
    """Erase what was said more than `KEPT_MONTHS` months before the day `on`; how much."""
    oldest = date(on.year - KEPT_MONTHS // 12, on.month, min(on.day, 28))
    return Feedback.objects.before(oldest).delete()[0]
