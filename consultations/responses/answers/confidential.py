"""What an answer for officials only must come with: a public version, a justification, a ground."""

from consultations.questionnaires.schema import Answer, Answers
from consultations.responses.models import LegalBasis

JUSTIFICATION_MAX = 2_000
PUBLIC_VERSION_MAX = 5_000


def is_complete(answers: Answers, confidentiality: dict[str, str]) -> bool:
    """
    Say whether all three are there for every answer for officials only; True where there is none.

    `answers` are those that count.
    """
    hidden = [each for each in map(Answer.of, answers.values()) if each.is_for_officials]
    return not hidden or (
        bool(confidentiality.get("justification", "").strip())
        and confidentiality.get("legal_basis") in LegalBasis.values
        and all((each.public_version or "").strip() for each in hidden)
    )
