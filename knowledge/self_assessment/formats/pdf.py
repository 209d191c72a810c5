"""The result as PDF/UA."""

from knowledge.self_assessment.answers import Answers
from knowledge.self_assessment.criteria import Subject
from knowledge.self_assessment.rendering import html_of
from portal.pdf.rendering import pdf_of


def result(asked: Subject, answers: Answers) -> bytes:
    """Return the result in the language in use. Raises PdfUnavailableError."""
    return pdf_of(html_of(asked, answers))
