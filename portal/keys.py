"""Primary keys that tell nothing: neither which row came first nor how many there are."""

import secrets
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


def random_key() -> int:
    """A key that nobody guesses and that fits the whole numbers of every database."""
    return secrets.randbelow(2**62) + 1


class RandomKeyField(models.BigIntegerField):
    """
    A primary key drawn at random, for rows of which nobody is to learn the order.

    On SQLite it is the place of the row in its table too: a key of any other type would leave the
    hidden running number of the row beside it.
    """

    def __init__(self, **kwargs: Any) -> None:
        fixed = {"primary_key": True, "editable": False, "default": random_key}
        super().__init__(**{**kwargs, **fixed})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        for key in ("primary_key", "editable", "default"):
            kwargs.pop(key, None)
        return name, path, args, kwargs

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        if connection.vendor == "sqlite":
            return "integer"
        return super().db_type(connection)
