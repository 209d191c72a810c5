"""The column that holds a path."""

from typing import Any

from django.db import models

from consultations.discussion.threads import paths


class PathField(models.CharField):
    """
    A path of `paths.py`, compared by code point on every database.

    SQLite compares so by default; PostgreSQL's default collation follows a language and would
    neither sort paths in reading order nor serve a range from the index.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", paths.MAX_LENGTH)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: Any) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
