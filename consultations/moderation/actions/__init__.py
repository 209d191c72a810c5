"""
Everything that screening staff do with a response, one function a verb.

Each runs in one transaction: it locks the response, asks for permission and for the status that the
act needs, writes the act down, adds to the record where the act concerns what the public sees, and
tells the submitter. `at` is an aware instant, by default the moment inside the transaction.
`version` is the number of the version that was read: given, the act is refused once a newer one is
in. Every refusal is an `errors.Refused`, and then nothing has changed.
"""

from consultations.moderation.actions.appeals import appeal, decide_appeal
from consultations.moderation.actions.base import require_seen
from consultations.moderation.actions.clearances import (
    end_clearance,
    give_clearance,
    propose_clearance,
)
from consultations.moderation.actions.disputes import (
    address_waiting,
    ask_for_decision,
    confirm_disputant,
    decide_dispute,
    open_dispute,
    take_up_dispute,
)
from consultations.moderation.actions.publishing import (
    publish,
    publish_accepted,
    redact,
)
from consultations.moderation.actions.questions import (
    ask_clarification,
    decline_question,
    send_question,
)
from consultations.moderation.actions.removing import (
    confirm_removal,
    confirm_return,
    decline_removal,
    decline_return,
    propose_return,
    remove,
)
from consultations.moderation.actions.screening import (
    accept,
    add_note,
    confirm_rejection,
    decline_rejection,
    note_opened,
    open_confidential,
    propose_rejection,
)
from consultations.moderation.actions.translation import translate
from consultations.moderation.actions.undoing import undo
from consultations.moderation.actions.withdrawal import erase_notes

__all__ = [
    "accept",
    "add_note",
    "address_waiting",
    "appeal",
    "ask_clarification",
    "ask_for_decision",
    "confirm_disputant",
    "confirm_rejection",
    "confirm_removal",
    "confirm_return",
    "decide_appeal",
    "decide_dispute",
    "decline_question",
    "decline_rejection",
    "decline_removal",
    "decline_return",
    "end_clearance",
    "erase_notes",
    "give_clearance",
    "note_opened",
    "open_confidential",
    "open_dispute",
    "propose_clearance",
    "propose_rejection",
    "propose_return",
    "publish",
    "publish_accepted",
    "redact",
    "remove",
    "require_seen",
    "send_question",
    "take_up_dispute",
    "translate",
    "undo",
]
