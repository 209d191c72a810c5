"""The full-text index of SQLite made anew, after its table was rebuilt."""

from importlib import import_module

from django.db import migrations

full_text = import_module("portal.search.migrations.0002_full_text")


def remake_full_text(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in (*full_text.SQLITE_REVERSE, *full_text.SQLITE):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_outbox_and_words")]

    operations = [migrations.RunPython(remake_full_text, migrations.RunPython.noop)]
