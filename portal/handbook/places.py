"""Which job is done on a page of the admin."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from portal.handbook.pages import HandbookPage, by_place

# Addresses for all kinds of page: the editor, Wagtail's others, and the list of what is below.
OF_ANY_PAGE = ("edit_page", "wagtailadmin_pages:", "wagtailadmin_explore")


def page_for(request: HttpRequest) -> HandbookPage | None:
    """
    Return the page of the handbook that tells how the job is done that is done at this address.

    The editors of pages have one address, so they are asked what kind of page is in them.
    """
    match = request.resolver_match
    if match is None:
        return None
    if not match.view_name.startswith(OF_ANY_PAGE):
        return by_place().get(match.view_name)
    return by_place().get(f"{match.view_name} {_kind_of_page(**match.kwargs)}")


def _kind_of_page(
    page_id: int = 0, parent_page_id: int = 0, content_type_model_name: str = "", **others: Any
) -> str:
    """Return "guidepage" where a guide is edited or begun; where pages are listed, their parent."""
    if content_type_model_name:
        return content_type_model_name
    kinds = Page.objects.filter(pk=page_id or parent_page_id)
    return str(kinds.values_list("content_type__model", flat=True).first() or "")
