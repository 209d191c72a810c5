import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WHO_TICK = ("Editors", "Administrators")


def let_editors_and_administrators_tick(apps, schema_editor):
    # Permissions of a model follow only after all migrations: made here where it is not yet.
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="proofreading", model="review"
    )
    permission, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type,
        codename="change_review",
        defaults={"name": "Can change check of a translation"},
    )
    for name in WHO_TICK:
        group, _ = apps.get_model("auth.Group").objects.get_or_create(name=name)
        group.permissions.add(permission)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("stakeholders", "0002_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=16, verbose_name="language")),
                ("text", models.CharField(max_length=50, verbose_name="text")),
                ("read_on", models.DateField(verbose_name="read on")),
                ("read_by", models.CharField(blank=True, max_length=200, verbose_name="read by")),
                ("digest", models.CharField(max_length=64)),
                ("entered_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="entered by")),
            ],
            options={
                "verbose_name": "check of a translation",
                "verbose_name_plural": "checks of translations",
                "default_permissions": ("change",),
                "constraints": [models.UniqueConstraint(fields=("language", "text"), name="one_review_a_translation")],
            },
        ),
        migrations.RunPython(let_editors_and_administrators_tick, migrations.RunPython.noop),
    ]
