"""The demonstration's content loaded once, every engine at hand asked, and nothing of it left."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from tests.relevance.corpus import as_judged
from tests.relevance.engines import measure_database, measure_elasticsearch
from tests.relevance.measuring import Measured


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First of all: tests that commit empty the database behind them, the standing pages too."""
    here = Path(__file__).parent
    items.sort(key=lambda item: here not in item.path.parents)


@pytest.fixture(scope="session")
def figures(demonstration) -> Callable[[str], Measured]:
    """`figures("database")`, `figures("elasticsearch")`: what each engine reaches."""
    return demonstration.__getitem__


@pytest.fixture(scope="session")
def demonstration(django_db_setup, django_db_blocker, tmp_path_factory) -> dict[str, Measured]:
    """The figures of each engine at hand, measured in a transaction that is taken back."""
    address = settings.ELASTICSEARCH_FOR_TESTS
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), _taken_back():
        # The suite's standing pages have no cards, as those of an installation do.
        call_command("rebuild_search", kind=["page"], verbosity=0)
        call_command("demo", stdout=io.StringIO())
        with as_judged():
            measured = {"database": measure_database()}
            if address and connection.vendor == "sqlite":
                alias = f"test-{os.getpid()}-relevance"
                measured["elasticsearch"] = measure_elasticsearch(address, alias)
    return measured


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
