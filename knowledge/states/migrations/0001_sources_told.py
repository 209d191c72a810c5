"""What readers tell of states, read and deleted by administrators."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

import portal.keys


def let_administrators_read_them(apps, schema_editor):
    roles = import_module("portal.stakeholders.migrations.0002_roles")
    administrators = apps.get_model("auth.Group").objects.get(name="Administrators")
    administrators.permissions.add(
        *(roles.permission(apps, "states", "sourcetip", verb) for verb in ("delete", "view"))
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [("stakeholders", "0005_states_and_countries")]

    operations = [
        migrations.CreateModel(
            name="SourceTip",
            fields=[
                ("id", portal.keys.RandomKeyField(serialize=False)),
                (
                    "source",
                    models.URLField(max_length=500, verbose_name="address of the source"),
                ),
                (
                    "text",
                    models.TextField(blank=True, max_length=1000, verbose_name="what it says"),
                ),
                ("told_on", models.DateField(verbose_name="told on")),
                (
                    "state",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="stakeholders.state",
                        verbose_name="state",
                    ),
                ),
            ],
            options={
                "verbose_name": "source told by a reader",
                "verbose_name_plural": "sources told by readers",
                "ordering": ["told_on", "pk"],
            },
        ),
        migrations.RunPython(let_administrators_read_them, migrations.RunPython.noop),
    ]
