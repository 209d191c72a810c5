"""What a revision of a page would change, in words: the names of the fields that differ."""

import json
from typing import Any

from django.utils.text import capfirst
from wagtail.models import Page

# What Wagtail keeps of every page, but for what editors themselves type.
TYPED_OF_EVERY_PAGE = {"title", "slug", "seo_title", "search_description", "go_live_at"}
BOOKKEEPING = {field.name for field in Page._meta.get_fields()} - TYPED_OF_EVERY_PAGE
# What names a row of a revision, and says nothing.
OF_ROWS = {"pk", "page", "sort_order", "id"}


def changed_fields(model: type[Page], before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return the names of what differs between the contents of two revisions; no query."""
    names = []
    for field in model._meta.get_fields():
        if field.name in BOOKKEEPING or not (_is_typed(field) or _is_of_rows(field, after)):
            continue
        key = field.name if hasattr(field, "attname") else field.get_accessor_name()
        if _plain(before.get(key)) != _plain(after.get(key)):
            names.append(capfirst(str(_name_of(field))))
    return list(dict.fromkeys(names))


def _is_typed(field: Any) -> bool:
    return bool(getattr(field, "editable", False)) and hasattr(field, "attname")


def _is_of_rows(field: Any, content: dict[str, Any]) -> bool:
    """Say whether these are rows that stand in the page's own form, such as its files."""
    return bool(field.one_to_many) and field.get_accessor_name() in content


def _name_of(field: Any) -> Any:
    if field.one_to_many:
        return field.related_model._meta.verbose_name_plural
    return field.verbose_name


def _plain(value: Any) -> Any:
    """Return a value so that what is empty is alike, and a row is what it says."""
    if isinstance(value, str) and value.startswith(("[", "{")):
        try:
            value = json.loads(value)
        except ValueError:
            return value
    if isinstance(value, list):
        value = [_plain(each) for each in value]
    elif isinstance(value, dict):
        value = {key: _plain(each) for key, each in value.items() if key not in OF_ROWS}
    return value if value or value is False or value == 0 else None
