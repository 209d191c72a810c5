"""Rules of this room that Django checks at every start."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from knowledge.glossary.faults import faults_of
from knowledge.glossary.terms import SOURCES, TERMS, rows_of


@register
def glossary_is_whole(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """glossary.E001: a term would be shown wrong, or the page not at all."""
    return [
        Error(fault, hint="Mend the file in knowledge/glossary/data.", id="glossary.E001")
        for fault in faults_of(rows_of(TERMS), rows_of(SOURCES))
    ]
