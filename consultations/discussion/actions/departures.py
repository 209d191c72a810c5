"""Taking the name of somebody whose account is deleted out of all that they have written."""

from datetime import datetime

from django.db import transaction

from consultations.discussion.actions.appeals import forget_appeals
from consultations.discussion.actions.locking import locked
from consultations.discussion.models import Comment, Spoken
from consultations.discussion.notifications import about_comment
from consultations.discussion.recording import enter_without_name
from portal.notifications.actions import take_back
from portal.stakeholders.models import User


def take_names_out(author: User, at: datetime) -> None:
    """
    Take name and organisation out of every wording of an account's comments; the words stay.

    The record's entries of them are erased, since they speak of a name that somebody could try
    out, and entered anew without it.
    """
    for pk in list(author.comments.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            _take_name_out(locked(Comment(pk=pk)), at)


def _take_name_out(comment: Comment, at: datetime) -> None:
    versions = list(comment.versions.order_by("number"))
    comment.author = comment.author_seal = None
    forget_appeals(comment)
    take_back(about_comment(comment))
    for row in (*versions, comment):
        _forget(row)
    enter_without_name(comment, versions, at)
    for version in versions:
        version.save()
    comment.save()


def _forget(row: Spoken) -> None:
    row.author_name = row.organisation_name = ""
    row.is_verified = False
