"""Serving a guide with few queries: what routing has asked for is not asked for again."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db.models import Model

from portal.cms.models.routed import Routed


class RowsBrought(Routed):
    """
    The part of a guide that reads rows from what the query that found it brought.

    `has_<name>` says whether there are rows of a relation or a part of the page, or is the rows
    (`GuideQuerySet.with_what_it_carries`).
    """

    class Meta:
        abstract = True

    def rows(self, name: str, *related: str) -> list[Any]:
        """Return the rows of a relation with what they lead to; no query where it has none."""
        brought = getattr(self, f"has_{name}", True)
        if not brought:
            return []
        found = getattr(self, name)
        if isinstance(brought, list):
            return [_of(self, row) for row in _rows(found.model, brought)]
        return list(found.select_related(*related) if related else found.all())


def _of(guide: Any, row: Any) -> Any:
    row.guide = guide
    return row


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
            own[name] = _in_utc(field.to_python(value))
    for head, there in further.items():
        leads_to = fields.get_field(head).related_model
        own[head] = leads_to(**there) if any(there.values()) else None
    return model(**own)


def _in_utc(value: Any) -> Any:
    """Return a moment as the database means it: SQLite's JSON does not say that it is in UTC."""
    is_naive = isinstance(value, datetime) and value.tzinfo is None
    return value.replace(tzinfo=UTC) if is_naive else value
