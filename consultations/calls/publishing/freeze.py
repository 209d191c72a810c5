"""
A questionnaire is frozen when its consultation opens.

From then on people answer it; what changes is the wording, by a corrigendum that everybody sees.
What they were promised of their codes, and of when responses are published, is kept as well.
"""

from datetime import datetime
from typing import Any


def published_and_open(page: Any, at: datetime) -> Any | None:
    """Return the published page, if it is live and has opened by `at` (aware); one query."""
    if not page.pk:
        return None
    # Of its own class: an unsaved change of the page in hand must not decide about itself.
    return type(page).objects.filter(pk=page.pk, live=True, opens_at__lte=at).first()


def keep(page: Any, at: datetime) -> None:
    """
    Put the published questionnaire and opening back into a page that would change them, and the
    months for which codes open answers into one that would make them fewer. Publication waits for
    the close where people were told so.

    The editing form tells editors; what is left for this is a draft older than the opening, or
    than a corrigendum, that gets published.
    """
    published = published_and_open(page, at)
    if published is None:
        return
    if page.questionnaire() != published.questionnaire():
        page.questionnaire_parts = published.questionnaire_parts
    page.opens_at = published.opens_at
    page.code_months = max(page.code_months, published.code_months)
    page.publishes_while_open = page.publishes_while_open and published.publishes_while_open
