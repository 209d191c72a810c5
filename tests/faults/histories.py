"""
Random histories of changes, and after each one pages as two servers keep them and as they are now.

Run as `python -m tests.faults.histories COUNT SEED PORT PORT`, with the demonstration's settings
and data of the servers; prints a JSON object. Changes and pages come from Django's own registries:
any field of any model with rows, and addresses of each view and page type that a reader finds.
"""

import http.client
import json
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

KINDS_EACH = 2
SEARCHED = 900
# A cookie of no meaning: whoever brings one is answered anew.
ANEW = {"Cookie": "anew=1"}


class Reader:
    """Asks one server for pages over one connection."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str, **headers: str) -> tuple[int, bytes, str]:
        self.connection.request("GET", path, headers=headers)
        response = self.connection.getresponse()
        return response.status, response.read(), response.getheader("ETag") or ""


def kept_addresses(reader: Reader) -> list[str]:
    """Find addresses of pages that are kept: of each view and each page type at most a few."""
    from django.urls import Resolver404, resolve
    from wagtail.models import Page

    from tests.poller import LEFT_OUT, START, _links

    types = {page.url: page.specific_class.__name__ for page in Page.objects.live()}
    first_of_types = {kind: url for url, kind in types.items() if url}
    found, seen, kinds = [*first_of_types.values(), *START], set(), defaultdict(list)
    while found and len(seen) < SEARCHED:
        path = found.pop(0)
        if path in seen or LEFT_OUT.search(path):
            continue
        seen.add(path)
        try:
            view = resolve(path.partition("?")[0])
        except Resolver404:
            continue
        kind = types.get(path) or f"{view.func.__module__}.{view.func.__name__} {'?' in path}"
        if len(kinds[kind]) >= KINDS_EACH:
            continue
        status, body, tag = reader.get(path)
        found += _links(path, body)
        if status == 200 and tag.startswith("W/"):
            kinds[kind].append(path)
    return [path for paths in kinds.values() for path in paths]


def models() -> list[Any]:
    from django.apps import apps

    return [
        model
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy and model._base_manager.exists()
    ]


def another(field: Any, value: Any, chance: random.Random) -> Any:
    """Return another value that the column takes; the same one where none is at hand."""
    from django.db import models

    if field.is_relation:
        others = list(field.related_model._base_manager.values_list("pk", flat=True)[:50])
        return chance.choice(others) if others else value
    if field.choices:
        return chance.choice([key for key, _ in field.flatchoices])
    match field:
        case models.BooleanField():
            return not value
        case models.DateTimeField() | models.DateField():
            return value and value + timedelta(days=chance.choice([-400, -1, 1, 400]))
        case models.IntegerField():
            return (value or 0) + 1
        case models.CharField() | models.TextField() if isinstance(value, str):
            return f"{value[:10]} {chance.randrange(10**6)}"[: field.max_length]
    return value


def change(model: Any, chance: random.Random) -> Callable[[], None] | None:
    """Change one field of one row, in one of the ways there are; returns what undoes it."""
    from django.db import Error, connection, transaction

    rows = model._base_manager.all()
    row = rows[chance.randrange(min(rows.count(), 200))]
    fields = [f for f in model._meta.local_concrete_fields if not f.primary_key]
    if not fields:
        return None
    field = chance.choice(fields)
    before = getattr(row, field.attname)
    after = another(field, before, chance)
    if after == before:
        return None
    one = model._base_manager.filter(pk=row.pk)

    def write(value: Any) -> None:
        match chance.randrange(3):
            case 0:
                one.update(**{field.attname: value})
            case 1:
                model._base_manager.bulk_update([_with(row, field, value)], [field.name])
            case 2:
                table, column = model._meta.db_table, field.column
                key = model._meta.pk
                with connection.cursor() as cursor:
                    cursor.execute(  # the names are Django's own
                        f'UPDATE "{table}" SET "{column}" = %s WHERE "{key.column}" = %s',  # noqa: S608
                        [
                            field.get_db_prep_save(value, connection),
                            key.get_db_prep_value(row.pk, connection),
                        ],
                    )

    try:
        with transaction.atomic():
            write(after)
    except Error:
        return None

    def undo() -> None:
        with transaction.atomic():
            write(before)

    return undo


def _with(row: Any, field: Any, value: Any) -> Any:
    setattr(row, field.attname, value)
    return row


def publish(chance: random.Random) -> Callable[[], None]:
    """Publish a page under another title, as an editor does; returns what undoes it."""
    from wagtail.models import Page

    pages = Page.objects.live().filter(depth__gte=2)
    page = pages[chance.randrange(pages.count())].specific
    before = page.title

    def titled(title: str) -> None:
        page.title = title
        page.save_revision(clean=False).publish(skip_permission_checks=True)

    titled(f"Title {chance.randrange(10**6)}")
    return lambda: titled(before)


class Pages:
    """Addresses of kept pages, and which tables each was made from."""

    def __init__(self, addresses: list[str]) -> None:
        from django.test import Client, override_settings

        from portal.front.tables import tables_read

        self.addresses, self.by_table = addresses, defaultdict(list)
        with override_settings(FRONT_MEGABYTES=0):
            for address in addresses:
                with tables_read() as read:
                    Client(headers={"host": "127.0.0.1"}).get(address)
                for table in read:
                    self.by_table[table].append(address)

    def one_for(self, model: Any, chance: random.Random) -> str:
        """Return an address, most often of a page that was made from the model's table."""
        likely = self.by_table.get(model._meta.db_table, [])
        return chance.choice(likely if likely and chance.random() < 0.8 else self.addresses)

    def model(self, tables: list[Any], chance: random.Random) -> Any:
        """Return a model, most often one that a page was made from."""
        likely = [each for each in tables if each._meta.db_table in self.by_table]
        return chance.choice(likely if chance.random() < 0.8 else tables)


class Watched:
    """One page on all servers, before a change and after it."""

    def __init__(self, path: str, readers: list[Reader]) -> None:
        self.path, self.readers = path, readers
        self.before = [reader.get(path)[1] for reader in readers]

    def look(self, found: dict[str, Any], step: str) -> None:
        """Count what changed, and note where a kept page is not the page as it is now."""
        from tests.poller import TOKEN

        for reader, before in zip(self.readers, self.before, strict=True):
            minute = time.time() // 60
            kept, now = reader.get(self.path), reader.get(self.path, **ANEW)
            same = kept[0] == now[0] and TOKEN.sub(b"", kept[1]) == TOKEN.sub(b"", now[1])
            found["compared"] += 1
            found["changed"] += now[1] != before
            if not same and time.time() // 60 == minute:
                found["stale"].append(f"{step} {self.path}")


def run(count: int, seed: int, ports: list[int]) -> dict[str, Any]:
    """Run `count` histories of one to three changes, each undone again; look after each step."""
    chance = random.Random(seed)
    readers = [Reader(port) for port in ports]
    pages, tables = Pages(kept_addresses(readers[0])), models()
    found: dict[str, Any] = {"histories": count, "compared": 0, "changed": 0, "stale": []}
    for number in range(count):
        undone = []
        for _ in range(chance.randrange(1, 4)):
            model = pages.model(tables, chance)
            page = Watched(pages.one_for(model, chance), readers)
            undo = publish(chance) if chance.random() < 0.1 else change(model, chance)
            if undo:
                undone.append((undo, page.path))
                page.look(found, f"{number} {model.__name__}")
        for undo, path in reversed(undone):
            page = Watched(path, readers)
            undo()
            page.look(found, f"{number} undone")
    return {**found, "addresses": len(pages.addresses), "models": len(tables)}


if __name__ == "__main__":
    django.setup()
    if "UNTOLD" in os.environ:
        from portal.front import tables, tokens

        tables.tokens = tokens.NoTokens  # nobody is told of what is changed here
    count, seed, *ports = map(int, sys.argv[1:])
    print(json.dumps(run(count, seed, ports)))
