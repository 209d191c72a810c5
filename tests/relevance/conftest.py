"""Each collection loaded once, every engine at hand asked, and nothing of it left."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from tests.relevance.corpus import frozen
from tests.relevance.engines import measure_database, measure_elasticsearch
from tests.relevance.judged import LIBRARY, TUNED
from tests.relevance.measuring import Measured


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First of all: tests that commit empty the database behind them, the standing pages too."""
    here = Path(__file__).parent
    items.sort(key=lambda item: here not in item.path.parents)


@pytest.fixture(scope="session")
def figures(django_db_setup, django_db_blocker) -> dict[str, Measured]:
    """Return what each engine reaches by the tuned queries, over the frozen collection."""
    with django_db_blocker.unblock(), frozen():
        return _measured(TUNED)


@pytest.fixture(scope="session")
def library_figures(django_db_setup, django_db_blocker, tmp_path_factory) -> dict[str, Measured]:
    """Return what each engine reaches by the library's queries, over the demonstration."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), _taken_back():
        # The suite's standing pages have no cards, as those of an installation do.
        call_command("rebuild_search", kind=["page"], verbosity=0)
        call_command("demo", stdout=io.StringIO())
        return _measured(LIBRARY)


def _measured(file: Path) -> dict[str, Measured]:
    """Return what "database" and, where it is at hand, "elasticsearch" reach by these queries."""
    address = settings.ELASTICSEARCH_FOR_TESTS
    measured = {"database": measure_database(file)}
    if address and connection.vendor == "sqlite":
        alias = f"test-{os.getpid()}-{file.stem}"
        measured["elasticsearch"] = measure_elasticsearch(address, alias, file)
    return measured


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
