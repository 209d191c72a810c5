"""What invented people say to each other, written with the verbs that real people use."""

import uuid
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from consultations.calls.models import ConsultationPage
from consultations.discussion import actions
from consultations.discussion.models import Comment
from portal.management.demo.content import read
from portal.stakeholders.models import User

# So that loading twice makes one comment: the same key is the same comment.
NAMESPACE = uuid.UUID("6f0c2a52-5a0e-4f58-9d0a-3a6a1c1e7f10")


def load_discussion(now: datetime, people: dict[str, User], consultation: ConsultationPage) -> None:
    """
    Comment, reply, edit and hide as the content file tells, at the hours that it gives.

    In the order of those hours, as the portal counts on: a later comment has a higher id.
    """
    moderator = User.objects.get(email="moderator@demo.example")
    entries = [
        (moment_of(entry, consultation, now), entry)
        for entry in read("comments.toml")["comment"]
        if entry["consultation"] == consultation.slug
    ]
    made: dict[str, Comment] = {}
    for at, entry in sorted(entries, key=itemgetter(0)):
        key = uuid.uuid5(NAMESPACE, entry["key"])
        if comment := Comment.objects.filter(submission_key=key).first():
            made[entry["key"]] = comment
            continue
        comment = made[entry["key"]] = actions.submit_comment(
            author=people[entry["author"]],
            consultation=consultation,
            body=entry["body"],
            language=entry["language"],
            parent=made[entry["parent"]] if entry["parent"] else None,
            official=entry["official"],
            submission_key=key,
            at=at,
        )
        if "edited_body" in entry:
            actions.edit_comment(
                author=people[entry["author"]],
                comment=comment,
                body=entry["edited_body"],
                language=entry["language"],
                at=at + timedelta(hours=2),
            )
        if "hidden_reason" in entry:
            actions.hide_comment(
                moderator=moderator,
                comment=comment,
                reason=entry["hidden_reason"],
                at=at + timedelta(hours=5),
            )


def moment_of(entry: dict[str, Any], consultation: ConsultationPage, now: datetime) -> datetime:
    """Date a comment: so many hours before now, or before a deadline that is past."""
    return min(now, consultation.closes_at) - timedelta(hours=entry["age_hours"])
