"""The link from where a job is done to the page that tells how."""

from typing import Any

from django import template

from portal.handbook.pages import HandbookPage, by_place

register = template.Library()


@register.simple_tag(takes_context=True)
def handbook_page_here(context: Any) -> HandbookPage | None:
    """Return the page of the handbook that tells how the job of this page of the admin is done."""
    match = getattr(context.get("request"), "resolver_match", None)
    if match is None:
        return None
    edited = context.get("page")
    kind = f"{match.view_name} {edited._meta.label}" if hasattr(edited, "_meta") else ""
    return by_place().get(kind) or by_place().get(match.view_name)
