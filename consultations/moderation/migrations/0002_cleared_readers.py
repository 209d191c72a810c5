"""
The group of those cleared to open what is for officials only.

It is apart from the roles and empty at first: who joins it was cleared by somebody, by name.
"""

from django.db import migrations

NAME = "Cleared for confidential answers"


def make_group(apps, schema_editor):
    # Permissions of a model follow only after all migrations: made here where it is not yet.
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="moderation", model="confidentialview"
    )
    permission, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type,
        codename="read_confidential",
        defaults={"name": "Can open answers that are for officials only"},
    )
    group, _ = apps.get_model("auth.Group").objects.get_or_create(name=NAME)
    group.permissions.add(permission)


def unmake_group(apps, schema_editor):
    apps.get_model("auth.Group").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0001_screening"),
        ("stakeholders", "0002_roles"),
    ]

    operations = [migrations.RunPython(make_group, unmake_group)]
