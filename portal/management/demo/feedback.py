"""What readers said of guides, as in any half-year."""

from datetime import datetime

from knowledge.feedback.models import Feedback
from knowledge.guides.models import GuidePage
from portal.management.demo.content import day, entries


def load_feedback(now: datetime) -> None:
    """Load what is in `feedback.toml`, unless something is there."""
    if Feedback.objects.exists():
        return
    rows = []
    for entry in entries("said", "feedback.toml"):
        guide = GuidePage.objects.filter(slug=entry["guide"]).first()
        if guide is None:
            continue
        said = {"guide": guide, "language": guide.content_language, "words": entry.get("words", "")}
        for was_useful, count in ((True, entry["yes"]), (False, entry["no"])):
            rows += [
                Feedback(**said, was_useful=was_useful, day=day(now, -3 * number - 1))
                for number in range(count)
            ]
        rows += [
            Feedback(**said, was_useful=False, text=text, day=day(now, -5))
            for text in entry.get("missing", [])
        ]
    Feedback.objects.bulk_create(rows)
