"""
Everything that a submitter does, one function a verb.

Each runs in one transaction and takes its own look at permissions and dates inside it, on rows read
there. `by` is the person signed in, or Django's AnonymousUser: whoever holds a code. `at` is an
aware instant, by default the moment of the call: when a request came in, it is judged by that.
Every refusal is an `errors.Refused`, and then nothing has changed.
"""

from consultations.responses.actions.alone import choose_alone
from consultations.responses.actions.drafting import (
    KEPT_DAYS,
    Begun,
    begin_draft,
    confidential_fingerprint,
    discard_draft,
    erase_old_drafts,
    save_confidentiality,
    save_identity,
    save_part,
)
from consultations.responses.actions.files import attach_another, file_done, has_open_files
from consultations.responses.actions.following import answer_clarification, withdraw_response
from consultations.responses.actions.late import (
    bring_late_token,
    give_late_token,
    revoke_late_token,
)
from consultations.responses.actions.leaving_out import leave_out, leave_out_of_draft
from consultations.responses.actions.news import (
    ask_for_news,
    confirm_address,
    erase_old_contacts,
    stop_news,
)
from consultations.responses.actions.organisations import ask_to_sign, send_back
from consultations.responses.actions.paper import (
    begin_from_form,
    enter_on_paper,
    put_notes_away,
)
from consultations.responses.actions.sending import begin_revision, submit_draft
from consultations.responses.actions.signatories import (
    add_signatories,
    remove_signatory,
    renew_link,
)
from consultations.responses.actions.signatures import (
    ask_to_confirm,
    close_list,
    confirm_for_organisation,
    confirm_signature,
    decline_signature,
    erase_old_proofs,
    to_sign,
)
from consultations.responses.actions.translation import choose_translation
from consultations.responses.actions.untie import cut_tie, erase_ended_codes

__all__ = [
    "KEPT_DAYS",
    "Begun",
    "add_signatories",
    "answer_clarification",
    "ask_for_news",
    "ask_to_confirm",
    "ask_to_sign",
    "attach_another",
    "begin_draft",
    "begin_from_form",
    "begin_revision",
    "bring_late_token",
    "choose_alone",
    "choose_translation",
    "close_list",
    "confidential_fingerprint",
    "confirm_address",
    "confirm_for_organisation",
    "confirm_signature",
    "cut_tie",
    "decline_signature",
    "discard_draft",
    "enter_on_paper",
    "erase_ended_codes",
    "erase_old_contacts",
    "erase_old_drafts",
    "erase_old_proofs",
    "file_done",
    "give_late_token",
    "has_open_files",
    "leave_out",
    "leave_out_of_draft",
    "put_notes_away",
    "remove_signatory",
    "renew_link",
    "revoke_late_token",
    "save_confidentiality",
    "save_identity",
    "save_part",
    "send_back",
    "stop_news",
    "submit_draft",
    "to_sign",
    "withdraw_response",
]
