"""How tests come to a published page: without the history that Wagtail writes beside one."""

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
