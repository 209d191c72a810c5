"""What is done with guides: moving them, reaching their owners, and keeping them true."""

from knowledge.guides.actions.moving import move_to_its_language
from knowledge.guides.actions.owners import ask_to_verify, verify_mailbox
from knowledge.guides.actions.reminders import remind_of_reviews
from knowledge.guides.actions.still_true import (
    confirm_still_true,
    refuse_still_true,
    say_still_true,
)

__all__ = [
    "ask_to_verify",
    "confirm_still_true",
    "move_to_its_language",
    "refuse_still_true",
    "remind_of_reviews",
    "say_still_true",
    "verify_mailbox",
]
