from django.db import migrations, models

from consultations.responses.models.findable import names_to_find, words_to_find

BATCH = 200


def fill(apps, schema_editor):
    """Say of each response which version is its newest, and of each version what finds it."""
    Response = apps.get_model("responses", "Response")
    Version = apps.get_model("responses", "ResponseVersion")
    keys = list(Version.objects.filter(erased_on=None).values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = list(Version.objects.filter(pk__in=keys[start : start + BATCH]))
        for version in batch:
            version.findable_words = words_to_find(version.answers)
            if version.identity != "anonymous":
                version.findable_names = names_to_find(version.name, version.organisation_name)
        Version.objects.bulk_update(batch, ["findable_words", "findable_names"])
    newest = Version.objects.filter(response=models.OuterRef("pk")).order_by("-number")
    Response.objects.filter(versions__isnull=False).update(
        newest_number=models.Subquery(newest.values("number")[:1]),
        newest_on=models.Subquery(newest.values("submitted_on")[:1]),
    )


def index_words(apps, schema_editor):
    """Have PostgreSQL find words by an index: it keeps long texts compressed."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX response_version_words ON responses_responseversion"
            " USING gin (to_tsvector('simple'::regconfig, findable_words))"
        )


def drop_index(apps, schema_editor):
    """Have it gone before its column."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS response_version_words")


class Migration(migrations.Migration):
    dependencies = [("responses", "0016_told_of_appeals")]

    operations = [
        migrations.AddField(
            model_name="response",
            name="newest_number",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="response",
            name="newest_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="responseversion",
            name="findable_words",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="responseversion",
            name="findable_names",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(index_words, drop_index),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(fields=["newest_on", "reference"], name="response_by_day"),
        ),
        migrations.AddIndex(
            model_name="responseversion",
            index=models.Index(
                fields=["response", "number", "findable_names"], name="version_names"
            ),
        ),
    ]
