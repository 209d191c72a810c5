"""Fixtures that every room's tests share."""

import gc
import io
import logging
import os
import sys
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation

from tests import built_database

# Playwright's loop goes on in the thread of the tests that follow in the same process, and Django
# would take them for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


# What a test asks for that has something of the database in it.
OF_THE_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="only tests that ask a database: the others pass or fail alike on each",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if _needs_one_minute(item) and isinstance(item, pytest.Function):
            item.fixturenames.append("one_minute")
    if not config.getoption("--only-database"):
        return
    left_out = [item for item in items if not _asks_a_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if _asks_a_database(item)]


def _needs_one_minute(item: pytest.Item) -> bool:
    """Whether a test compares numbers of queries or types the code that an app shows now."""
    code = getattr(getattr(item, "function", None), "__code__", None)
    counted = {"django_assert_num_queries", "django_assert_max_num_queries"}
    named = {"CaptureQueriesContext", "current_code"}
    by_itself = code is not None and not named.isdisjoint(code.co_names)
    return by_itself or not counted.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture
def one_minute() -> Iterator[None]:
    """
    The clock stands, and no window ends in which a limit counts or something is done once.

    A slow test would see one end now and then: the refusal that it waits for would not come, an
    authenticator app's code would be of the past, or there would be three queries more, since it is
    kept once a minute that staff are there. A test that has a clock of its own keeps it.
    """
    if time_machine.escape_hatch.is_travelling():
        yield
        return
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Nothing that is loaded and collected is garbage, so no round for garbage looks at it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where nothing used Hypothesis, spare its import, a second, for a summary of nothing."""
    plugins = session.config.pluginmanager
    if "hypothesis" not in sys.modules and plugins.has_plugin("hypothesispytest"):
        plugins.unregister(name="hypothesispytest")


def _asks_a_database(item: pytest.Item) -> bool:
    if any(item.get_closest_marker(name) for name in ("django_db", "database")):
        return True
    return not OF_THE_DATABASE.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def fresh_cache():
    """No test is held back by what another tried, nor shown what another remembered."""
    for each in ("default", "pages"):
        caches[each].clear()
    # A test may have travelled on: its day, and the key of that day, are over.
    caches["default"]._change("DELETE FROM limits", [])
    caches["default"]._day = date.min


@pytest.fixture(autouse=True)
def first_language() -> Iterator[None]:
    """Each test begins in the portal's first language, whatever page the one before it opened."""
    yield
    translation.deactivate()


@pytest.fixture
def work_off():
    """A function that has all files looked at which wait, here and now, as threads do elsewhere."""
    from portal.files.waiting_room import room

    room.clear()
    yield room.work_off
    room.clear()


@pytest.fixture
def logged() -> Iterator[Callable[[], str]]:
    """What production logs, at its most talkative, as a function that reads what is new of it."""
    from portal.settings.logging import configure_logging

    root = logging.getLogger()
    kept = [*root.handlers], root.level
    configure_logging(level="DEBUG", renderer="json")
    written = io.StringIO()
    [handler] = root.handlers
    handler.setStream(written)  # sys.stderr is another in the test than here

    def read() -> str:
        text = written.getvalue()
        written.seek(0)
        written.truncate()
        return text

    yield read
    logging.captureWarnings(False)
    root.handlers[:] = kept[0]
    root.setLevel(kept[1])


@pytest.fixture(scope="session")
def django_db_setup(
    request, django_test_environment, django_db_modify_db_settings, django_db_blocker
):
    """
    The database with the standing pages in it, made once; each test's own changes roll back.

    The search knows nothing of them, and no synonyms: a test finds what it has written itself.
    """
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            # Opened for tests that came before, it leads to the database that is no test's.
            caches["default"].connection.close()
        if not request.config.getvalue("create_db") and built_database.restore():
            yield
        else:
            verbosity = request.config.option.verbose
            made = setup_databases(verbosity, interactive=False, serialized_aliases=())
            built_database.fill()
            built_database.keep()
            yield
            # The store of limits has a connection of its own, which would keep it from going.
            caches["default"].connection.close()
            teardown_databases(made, verbosity)


class SiteTree:
    """The standing pages by slug, each read when a test first asks for it."""

    def __getattr__(self, name: str) -> Any:
        from wagtail.models import Page

        page = Page.objects.filter(depth__gte=2, slug=name.replace("_", "-")).earliest("depth")
        setattr(self, name, page.specific)
        return getattr(self, name)


@pytest.fixture
def site_tree(db):
    """The standing pages by slug: `site_tree.en` (home), `.guides`, `.consultations`, …"""
    return SiteTree()


@pytest.fixture
def member(db):
    """A signed-up person of academia."""
    from tests.factories import UserFactory

    return UserFactory(email="member@people.example")


@pytest.fixture
def moderator(db):
    from portal.stakeholders.roles import MODERATOR
    from tests.factories import UserFactory

    return UserFactory(email="moderator@staff.example", role=MODERATOR)


@pytest.fixture
def editor(db):
    from portal.stakeholders.roles import EDITOR
    from tests.factories import UserFactory

    return UserFactory(email="editor@staff.example", role=EDITOR)
