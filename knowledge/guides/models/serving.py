"""Serving a guide with few queries: what routing has asked for is not asked for again."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import Model
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet


class AskedOnce:
    """
    The part of a guide that remembers what its routing has read.

    `routed_below` are the pages above it, from the home page on; `has_<name>` says whether there
    are rows of a relation or a part of the page, or is the rows
    (`GuideQuerySet.with_what_it_carries`).
    """

    routed_below: Sequence[Page] = ()

    def carries(self, name: str) -> bool:
        """Say whether it may have rows of a relation: False only where that was asked."""
        return bool(getattr(self, f"has_{name}", True))

    def rows(self, name: str, *related: str) -> list[Any]:
        """Return the rows of a relation with what they lead to; no query where it has none."""
        brought = getattr(self, f"has_{name}", True)
        if not brought:
            return []
        found = getattr(self, name)
        if isinstance(brought, list):
            return _rows(found.model, brought)
        return list(found.select_related(*related) if related else found.all())

    def ancestors_shown(self) -> PageQuerySet | Sequence[Page]:
        """Return the pages above it; no query where it was routed to."""
        if get_language() == self.original_language and self.routed_below:  # type: ignore[attr-defined]
            return self.routed_below
        return super().ancestors_shown()  # type: ignore[misc]

    def get_view_restrictions(self) -> Any:
        """Return the restrictions of it and of the pages above; no query where it has none."""
        above = self.routed_below
        is_known = above and not any(each.alias_of_id for each in (self, *above))  # type: ignore[attr-defined]
        if is_known and not self.carries("restrictions"):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()  # type: ignore[misc]


def _rows(model: type[Model], brought: list[dict[str, Any]]) -> list[Any]:
    """Return unsaved rows of a model in its own order, from what the guide's query brought."""
    for name in ("pk", *reversed([str(each) for each in model._meta.ordering or ()])):
        brought = sorted(brought, key=partial(_at, name.lstrip("-")), reverse=name[0] == "-")
    return [_row(model, values) for values in brought]


def _at(name: str, row: dict[str, Any]) -> tuple[bool, Any]:
    return row[name] is not None, row[name]


def _row(model: type[Model], values: dict[str, Any]) -> Model:
    """Return a row; `state__iso2` is a column of the row that `state` leads to."""
    fields: Any = model._meta
    own: dict[str, Any] = {}
    further: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        head, _, rest = name.partition("__")
        if rest:
            further.setdefault(head, {})[rest] = value
        else:
            field = fields.pk if name == "pk" else fields.get_field(name)
            own[name] = field.to_python(value)
    for head, there in further.items():
        leads_to = fields.get_field(head).related_model
        own[head] = leads_to(**there) if any(there.values()) else None
    return model(**own)
