"""
Everything that publication does, one function a verb; each in one transaction, with its entry in
the record and its search card. `at` is an aware instant; a refusal is an `errors.Refused`.
"""

from consultations.publication.actions.batches import Batch, batch_of
from consultations.publication.actions.publishing import (
    prepare_copy,
    publish,
    put_back,
    retire,
    set_disputed,
    withdrawn,
)
from consultations.publication.actions.redaction import redact, redactable_text
from consultations.publication.actions.signatories import name_taken_back
from consultations.publication.actions.translation import translate

__all__ = [
    "Batch",
    "batch_of",
    "name_taken_back",
    "prepare_copy",
    "publish",
    "put_back",
    "redact",
    "redactable_text",
    "retire",
    "set_disputed",
    "translate",
    "withdrawn",
]
