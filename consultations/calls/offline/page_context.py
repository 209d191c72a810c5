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
from consultations.calls.privacy import advice_address, statements
from consultations.questionnaires.printable import sheet_of
from portal.cms.models.base import Crumb

STYLES = Path(__file__).parents[1] / "static" / "calls" / "form.css"


def context(page: ConsultationPage, request: HttpRequest) -> dict[str, Any]:
    """Fill the form's templates, in the active language; its address is as the reader came."""
    address = request.build_absolute_uri(page.get_url())
    return {
        "page": page,
        "form_line": first_line(page),
        "address": address,
        "advice": advice_address(address) if page.anonymous_allowed else "",
        "sheet": sheet_of(page.questionnaire()),
        "details": detail_questions(anonymous=page.anonymous_allowed),
        "privacy": statements(page),
        "styles": styles(),
        "language_code": translation.get_language(),
        "text_direction": "rtl" if translation.get_language_bidi() else "ltr",
    }


def breadcrumbs(page: ConsultationPage) -> list[Crumb]:
    """Return the way from the home page through the consultation to its form."""
    return [*page.breadcrumbs_below(), {"text": _("Form to print")}]


@cache
def styles() -> SafeString:
    """Return the form's own stylesheet, which a PDF carries in itself."""
    return mark_safe(STYLES.read_text())
