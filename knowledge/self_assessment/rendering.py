"""A result laid out for paper, in the language in use."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from knowledge.guide_files.rendering import STYLES, page_numbers
from knowledge.self_assessment.answers import Answers
from knowledge.self_assessment.criteria import STATES, Subject
from knowledge.self_assessment.presenters import actions_of, rows_of
from portal.taxonomy.languages import direction_of

FOLDER = "knowledge/self_assessment"


def sheet_of(asked: Subject, answers: Answers) -> dict[str, Any]:
    """Return what a sheet of the result shows; no guides, since a sheet does not change."""
    return {
        "subject": asked,
        "is_of_states": asked.key == STATES,
        "rows": rows_of(asked, answers),
        "actions": actions_of(asked, answers),
        "day": timezone.now().date(),
    }


def html_of(asked: Subject, answers: Answers) -> str:
    """Return the whole document that becomes a PDF."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    context = {
        **sheet_of(asked, answers),
        "site_name": settings.SITE_NAME,
        "language_code": language,
        "text_direction": direction_of(language),
        "page_numbers": page_numbers(),
        "styles": STYLES.read_text(),
    }
    return render_to_string(f"{FOLDER}/result_pdf.html", context)
