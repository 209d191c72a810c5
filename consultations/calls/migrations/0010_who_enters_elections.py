"""Editors and administrators enter elections."""

from django.db import migrations

ROLES = ("Editors", "Administrators")


def permissions(apps):
    """Each permission, made where it is not yet: those of a model follow only after all migrations."""
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="calls", model="election"
    )
    for verb in ("add", "change", "delete", "view"):
        yield apps.get_model("auth.Permission").objects.get_or_create(
            content_type=content_type,
            codename=f"{verb}_election",
            defaults={"name": f"Can {verb} election"},
        )[0]


def allow(apps, schema_editor):
    for name in ROLES:
        group, _ = apps.get_model("auth.Group").objects.get_or_create(name=name)
        group.permissions.add(*permissions(apps))


def disallow(apps, schema_editor):
    for group in apps.get_model("auth.Group").objects.filter(name__in=ROLES):
        group.permissions.remove(*permissions(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0009_before_opening_elections_and_interests"),
        ("stakeholders", "0002_roles"),
    ]

    operations = [migrations.RunPython(allow, disallow)]
