"""
Everything that can be done in a discussion, one function a verb.

Each runs in one transaction, takes its own look at permissions and dates inside it, enters what was
done in the record, and keeps the search card in step. `at` is an aware instant, by default the
moment inside the transaction; every refusal is an `errors.Refused`.
"""

from consultations.discussion.actions.appeals import appeal_hiding, decide_appeal
from consultations.discussion.actions.departures import take_names_out
from consultations.discussion.actions.moderating import (
    close_thread,
    hide_comment,
    hide_wording,
    mark_read,
    reopen_thread,
    restore_comment,
    restore_wording,
)
from consultations.discussion.actions.removing import remove_all, remove_comment
from consultations.discussion.actions.writing import (
    RATE_LIMIT,
    RATE_WINDOW,
    edit_comment,
    same_comment,
    submit_comment,
)

__all__ = [
    "RATE_LIMIT",
    "RATE_WINDOW",
    "appeal_hiding",
    "close_thread",
    "decide_appeal",
    "edit_comment",
    "hide_comment",
    "hide_wording",
    "mark_read",
    "remove_all",
    "remove_comment",
    "reopen_thread",
    "restore_comment",
    "restore_wording",
    "same_comment",
    "submit_comment",
    "take_names_out",
]
