"""Consultations: what is asked, by whom, of whom, until when, and what came of it."""

from consultations.calls.models.consultation import ConsultationPage, ConsultationQuerySet
from consultations.calls.models.decisions import Corrigendum, Extension
from consultations.calls.models.dockets import DocketYear
from consultations.calls.models.documents import ConsultationDocument
from consultations.calls.models.elections import Election
from consultations.calls.models.in_several_languages import read, read_of
from consultations.calls.models.index import ConsultationIndexPage
from consultations.calls.models.interests import Interest
from consultations.calls.models.texts import ConsultationText

__all__ = [
    "ConsultationDocument",
    "ConsultationIndexPage",
    "ConsultationPage",
    "ConsultationQuerySet",
    "ConsultationText",
    "Corrigendum",
    "DocketYear",
    "Election",
    "Extension",
    "Interest",
    "read",
    "read_of",
]
