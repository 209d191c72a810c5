"""Search engines behind one small base class; `get_engine()` gives the one in use."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils.module_loading import import_string

from portal.search.engines.base import Engine

OF_VENDOR = {
    "sqlite": "portal.search.engines.sqlite.SQLiteEngine",
    "postgresql": "portal.search.engines.postgresql.PostgreSQLEngine",
}
# By its path, for whoever has no Elasticsearch need not load its client.
WITH_ELASTICSEARCH = "portal.search.fallback.FallbackEngine"


def get_engine() -> Engine:
    """
    Return the engine named by the setting SEARCH_ENGINE (a dotted path), else Elasticsearch with
    the database behind it where there is one, else the database's.

    Raises ImproperlyConfigured where the database is one that we have no engine for.
    """
    path = getattr(settings, "SEARCH_ENGINE", None)
    if path is None and settings.ELASTICSEARCH_URL:
        path = WITH_ELASTICSEARCH
    return import_string(path)() if path else database_engine()


def database_engine() -> Engine:
    """
    Return the engine of the database, whatever else is in use: for work in batches.

    Raises ImproperlyConfigured where the database is one that we have no engine for.
    """
    path = OF_VENDOR.get(connection.vendor)
    if path is None:
        raise ImproperlyConfigured(
            f"There is no search engine for {connection.vendor}: name one in SEARCH_ENGINE."
        )
    return import_string(path)()
