"""
What is done with people, organisations and states: one verb, one function.

Every refusal is one of `actions.errors`, and then nothing has changed.
"""

from portal.stakeholders.actions.accounts import (
    change_address_by_staff,
    delete_account,
    delete_person,
    keep_an_administrator,
    update_profile,
)
from portal.stakeholders.actions.exports import export_own, export_person
from portal.stakeholders.actions.factor_resets import (
    approve_reset,
    ask_for_reset,
    refuse_reset,
    remove_second_factors,
)
from portal.stakeholders.actions.invitations import (
    accept,
    account_of,
    confirm_mailbox,
    decline,
    invite,
    is_for,
    make_account,
    send_again,
    take_back,
)
from portal.stakeholders.actions.organisations import verify_organisation
from portal.stakeholders.actions.states import STATES_FILE, LoadReport, load_states

__all__ = [
    "STATES_FILE",
    "LoadReport",
    "accept",
    "account_of",
    "approve_reset",
    "ask_for_reset",
    "change_address_by_staff",
    "confirm_mailbox",
    "decline",
    "delete_account",
    "delete_person",
    "export_own",
    "export_person",
    "invite",
    "is_for",
    "keep_an_administrator",
    "load_states",
    "make_account",
    "refuse_reset",
    "remove_second_factors",
    "send_again",
    "take_back",
    "update_profile",
    "verify_organisation",
]
