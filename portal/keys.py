"""
Primary keys that tell nothing: neither which row came first nor how many there are.

Whoever has the database, a dump of it or an address with a number is to learn from no key when, or
in which order, somebody acted who must not be known (docs/decisions/0006-privacy.md).
"""

import hashlib
import secrets
import uuid
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

# Keys have at most fifteen digits: browsers' scripts, JSON and spreadsheets read them whole.
KEYS = 10**15


def random_key() -> int:
    """Draw a whole number from 1 to 999,999,999,999,999 by the operating system's chance."""
    return secrets.randbelow(KEYS - 1) + 1


def hashed(secret: str) -> str:
    """
    Return what is kept of a secret that is long and drawn by chance: whoever has it finds the row.

    What cannot be encoded, as a stranger may type it, has a hash too, which no row has.
    """
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class _RandomKey(models.Field):
    """A part of a field that makes it the primary key, drawn by chance; `drawn_by` draws."""

    drawn_by: Any

    def __init__(self, **kwargs: Any) -> None:
        fixed = {"primary_key": True, "editable": False, "default": type(self).drawn_by}
        super().__init__(**{**kwargs, **fixed})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        for key in ("primary_key", "editable", "default"):
            kwargs.pop(key, None)
        return name, path, args, kwargs


class RandomKeyField(_RandomKey, models.BigIntegerField):
    """
    A primary key drawn at random, for rows of which nobody is to learn the order.

    On SQLite it is the place of the row in its table too: beside a key of any other type stands a
    hidden running number of the row.
    """

    drawn_by = staticmethod(random_key)

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        if connection.vendor == "sqlite":
            return "integer"
        return super().db_type(connection)


class RandomUUIDField(_RandomKey, models.UUIDField):
    """
    The same where the key is seen outside the portal, and is not to be guessed either.

    On SQLite its table has no hidden running number (`portal.sqlite`).
    """

    drawn_by = staticmethod(uuid.uuid4)
