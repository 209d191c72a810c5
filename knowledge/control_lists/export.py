"""The concordance as a table: which number an entry has in which list, and since when."""

import csv
from collections.abc import Iterable
from datetime import date
from io import StringIO

from knowledge.control_lists.models import ListEntry
from portal.formulas import safe

COLUMNS = ("number", "wassenaar", "us_eccn", "other_lists", "covers", "applies_from", "source")


def as_csv(entries: Iterable[ListEntry], today: date) -> str:
    """Return a row an entry, safe to open in a spreadsheet; days are ISO 8601."""
    table = StringIO()
    table.write("\ufeff")
    write = csv.writer(table).writerow
    write(COLUMNS)
    for entry in entries:
        others = [f"{each.value['list']}: {each.value['code']}" for each in entry.other_codes]
        version = entry.changed_since(None, today)
        since = version.applies_from.isoformat() if version else ""
        source = version.source.address if version and version.source else ""
        numbers = [entry.number, entry.wassenaar, entry.eccn, "; ".join(others)]
        write(safe([*numbers, entry.title, since, source]))
    return table.getvalue()
