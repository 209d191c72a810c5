"""How tests come to a published page: without the history that Wagtail writes beside one."""

import re
from collections import Counter
from functools import partial
from typing import Any

from django.utils import timezone
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from portal.search.pages import refresh


def add_published(parent: Page, page: Any) -> Any:
    """
    Add a page that everybody may read, with its card in the search; returns it as it is kept.

    It is checked as Wagtail checks one that is published. It has no revision, no line in Wagtail's
    log and no place in the index of references: a test that needs them publishes a revision.
    """
    page.live = True
    page.first_published_at = page.last_published_at = timezone.now()
    page.locale_id = page.locale_id or parent.locale_id
    page.save = partial(page.save, log_action=None)
    page.full_clean = partial(page.full_clean, validate_unique=False)  # the database refuses twins
    with disable_reference_index_auto_update():
        parent.add_child(instance=page)
    refresh(page)
    return type(page).objects.get(pk=page.pk)


def ids_that_stand_twice(response: Any) -> list[str]:
    """Return the ids that a page of ours gives to several elements."""
    if response.status_code != 200 or "text/html" not in response.get("Content-Type", ""):
        return []
    if response.request["PATH_INFO"].startswith("/admin/"):
        return []  # Wagtail's own
    html = re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.DOTALL)
    found = Counter(re.findall(r'<[^>]*?\sid="([^"]*)"', html))
    return [each for each, times in found.items() if times > 1]
