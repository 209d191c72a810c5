"""What staff and the public fill in about a response that was sent."""

from consultations.moderation.forms.base import PRIVATE, PairForm, VersionForm, note_field
from consultations.moderation.forms.clearances import CLEARED_ROLES, ClearanceForm, PersonField
from consultations.moderation.forms.disputes import (
    DecideDisputeForm,
    DisputeForm,
    TakeUpDisputeForm,
)
from consultations.moderation.forms.redaction import (
    RedactionForm,
    TranslationForm,
    WholeRedactionForm,
)
from consultations.moderation.forms.removing import (
    DecideRemovalForm,
    ProposeReturnForm,
    RemoveForm,
    reasons_for_removing,
)
from consultations.moderation.forms.screening import (
    AcceptForm,
    AskForm,
    BulkAcceptForm,
    BulkPublishForm,
    DecideRejectionForm,
    DeclineQuestionForm,
    NoteForm,
    ProposeQuestionForm,
    ProposeRejectionForm,
    SendQuestionForm,
    leave_out_late_reasons,
)

__all__ = [
    "CLEARED_ROLES",
    "PRIVATE",
    "AcceptForm",
    "AskForm",
    "BulkAcceptForm",
    "BulkPublishForm",
    "ClearanceForm",
    "DecideDisputeForm",
    "DecideRejectionForm",
    "DecideRemovalForm",
    "DeclineQuestionForm",
    "DisputeForm",
    "NoteForm",
    "PairForm",
    "PersonField",
    "ProposeQuestionForm",
    "ProposeRejectionForm",
    "ProposeReturnForm",
    "RedactionForm",
    "RemoveForm",
    "SendQuestionForm",
    "TakeUpDisputeForm",
    "TranslationForm",
    "VersionForm",
    "WholeRedactionForm",
    "leave_out_late_reasons",
    "note_field",
    "reasons_for_removing",
]
