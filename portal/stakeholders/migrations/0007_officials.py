"""
The role of officials who answer for the body that consults.

They enter the admin, where they see what was said to their body, and may do nothing else there.
"""

from django.db import migrations

NAME = "Officials"


def make_group(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="wagtailadmin", model="admin"
    )
    enter, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type,
        codename="access_admin",
        defaults={"name": "Can access Wagtail admin"},
    )
    group, _ = apps.get_model("auth.Group").objects.get_or_create(name=NAME)
    group.permissions.add(enter)


def unmake_group(apps, schema_editor):
    apps.get_model("auth.Group").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0006_invitations_and_resets"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]
    operations = [migrations.RunPython(make_group, unmake_group)]
