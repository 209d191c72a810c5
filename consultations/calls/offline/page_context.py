"""What the form on paper says and asks, beside the questions themselves."""

from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from consultations.calls.models import ConsultationPage
from consultations.calls.offline.identity_questions import detail_questions
from consultations.calls.offline.text_form import first_line
from consultations.calls.privacy import statements
from consultations.calls.questionnaires.printable import sheet_of
from consultations.calls.questionnaires.schema import Kind, Question, Unit
from portal.cms.models.base import Crumb

STYLES = Path(__file__).parents[1] / "static" / "calls" / "form.css"
FEWEST_LINES, MOST_LINES, USUAL_LINES = 3, 22, 10
WORDS_A_LINE, CHARACTERS_A_LINE = 12, 75


def context(page: ConsultationPage, request: HttpRequest) -> dict[str, Any]:
    """Fill the form's templates, in the active language; its address is as the reader came."""
    return {
        "page": page,
        "form_line": first_line(page),
        "address": request.build_absolute_uri(page.get_url(request)),
        "sheet": sheet_of(page.questionnaire()),
        "details": detail_questions(anonymous=page.anonymous_allowed),
        "privacy": statements(page),
        "lines_for": lines_for,
        "styles": styles(),
        "language_code": translation.get_language(),
        "text_direction": "rtl" if translation.get_language_bidi() else "ltr",
    }


def breadcrumbs(page: ConsultationPage, request: HttpRequest) -> list[Crumb]:
    """Return the way from the home page through the consultation to its form."""
    *above, own = page.breadcrumbs(request)
    return [
        *above,
        {"text": own["text"], "href": page.get_url(request)},
        {"text": _("Form to print")},
    ]


@cache
def styles() -> SafeString:
    """Return the form's own stylesheet, which a PDF carries in itself."""
    return mark_safe(STYLES.read_text())


def lines_for(question: Question) -> int:
    """Count the lines to leave for handwriting: as the limit needs, within what a page holds."""
    if question.kind != Kind.LONG_TEXT:
        return 1
    if question.limit is None:
        return USUAL_LINES
    a_line = WORDS_A_LINE if question.limit.unit == Unit.WORDS else CHARACTERS_A_LINE
    return max(FEWEST_LINES, min(MOST_LINES, -(-question.limit.maximum // a_line)))
