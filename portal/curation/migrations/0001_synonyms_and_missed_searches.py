"""
Synonyms, what was searched in vain, and who may work on search: editors and administrators.

Promoted results are Wagtail's own (`wagtail.contrib.search_promotions`).
"""

import django.db.models.deletion
from django.db import migrations, models

ROLES = ("Editors", "Administrators")
PERMISSIONS = {
    ("curation", "synonymgroup"): ("add", "change", "delete", "view"),
    ("curation", "missedsearch"): ("view",),
    ("wagtailsearchpromotions", "searchpromotion"): ("add", "change", "delete"),
}


def permissions(apps):
    """Each permission, made where it is not yet: those of a model follow only after all migrations."""
    for (app_label, model), verbs in PERMISSIONS.items():
        content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
            app_label=app_label, model=model
        )
        for verb in verbs:
            yield apps.get_model("auth.Permission").objects.get_or_create(
                content_type=content_type,
                codename=f"{verb}_{model}",
                defaults={"name": f"Can {verb} {model}"},
            )[0]


def allow(apps, schema_editor):
    for name in ROLES:
        group, _ = apps.get_model("auth.Group").objects.get_or_create(name=name)
        group.permissions.add(*permissions(apps))


def disallow(apps, schema_editor):
    for group in apps.get_model("auth.Group").objects.filter(name__in=ROLES):
        group.permissions.remove(*permissions(apps))


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("stakeholders", "0002_roles"),
        ("wagtailsearchpromotions", "0008_query_verbose_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="SynonymGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField(verbose_name="words and phrases")),
            ],
            options={
                "verbose_name": "group of synonyms",
                "verbose_name_plural": "groups of synonyms",
                "ordering": ("words",),
            },
        ),
        migrations.CreateModel(
            name="SynonymEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=180, unique=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="curation.synonymgroup",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MissedSearch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("digest", models.CharField(max_length=64)),
                ("words", models.CharField(blank=True, max_length=60)),
                ("language", models.CharField(max_length=16)),
                ("count", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "missed search",
                "verbose_name_plural": "missed searches",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "digest", "language"), name="one_count_a_day_and_text"
                    )
                ],
            },
        ),
        migrations.RunPython(allow, disallow),
    ]
