"""
What waits for Elasticsearch, the index's words, and two more columns of a card.

Django rebuilds a SQLite table to alter it, which loses its triggers. Going forward, `0004_stems`
makes the full-text index anew; going back, the first operation here does, which is then the last.
"""

from importlib import import_module

import django.utils.timezone
from django.db import migrations, models
from django.db.models import F

full_text = import_module("portal.search.migrations.0002_full_text")


def have_entered_when_last_written(apps, schema_editor):
    apps.get_model("search", "Card").objects.update(entered=F("updated"))


def restore_full_text(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in (*full_text.SQLITE_REVERSE, *full_text.SQLITE):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_full_text")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, restore_full_text),
        migrations.AddField(
            "card",
            "entered",
            models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField("card", "stems", models.TextField(blank=True, default=""), False),
        migrations.RunPython(have_entered_when_last_written, migrations.RunPython.noop),
        migrations.CreateModel(
            name="OutboxRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False, auto_created=True, verbose_name="ID")),
                ("kind", models.CharField(max_length=32)),
                ("key", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("failed", models.BooleanField(default=False)),
                ("error", models.CharField(blank=True, max_length=100)),
            ],
            options={
                "verbose_name": "change waiting for Elasticsearch",
                "verbose_name_plural": "changes waiting for Elasticsearch",
                "indexes": [
                    models.Index(fields=["failed", "due_at", "id"], name="search_outbox_due")
                ],
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False, auto_created=True, verbose_name="ID")),
                ("word", models.CharField(max_length=40, unique=True)),
                ("cards", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "word of the index",
                "verbose_name_plural": "words of the index",
            },
        ),
    ]
