"""Queries of the hot path: written with the ORM, compiled once."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Build = Callable[..., QuerySet[Any]]
Shape = tuple[Hashable, ...]
Values = Mapping[Any, Any]

# Stand for what varies from call to call while a query is compiled; no column holds such values.
NUMBER = -901_001
OTHER_NUMBER = -901_002
WORD = "«word»"
MOMENT = datetime(1, 2, 3, tzinfo=UTC)


def run(build: Build, shape: Shape, values: Values) -> Sequence[tuple[Any, ...]]:
    """
    Return the rows of `build(*shape)`, its markers replaced by `values` (marker to value).

    For reads whose SQL takes the ORM longer to write than the database to answer. `build` is a
    function of a module that gives a queryset of values. Rows come as the driver gives them: no
    field converts them, so datetimes are in UTC but naive on SQLite.
    """
    sql, parameters = _ready(build, shape, values)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def load(build: Build, shape: Shape, values: Values) -> Sequence[Any]:
    """Return the objects of `build(*shape)`, a queryset with `only(…)`; otherwise as `run`."""
    sql, parameters = _ready(build, shape, values)
    return list(_model(build, shape).objects.raw(sql, parameters))


def _ready(build: Build, shape: Shape, values: Values) -> tuple[str, list[Any]]:
    sql, parameters = _compiled(build, shape, connection.vendor)
    given = {_stored(marker): _stored(value) for marker, value in values.items()}
    return sql, [given.get(each, each) for each in parameters]


@cache
def _compiled(build: Build, shape: Shape, vendor: str) -> tuple[str, tuple[Any, ...]]:
    return build(*shape).query.sql_with_params()


@cache
def _model(build: Build, shape: Shape) -> Any:
    return build(*shape).model


def _stored(value: Any) -> Any:
    """Return a value as the database's driver takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
