"""
An entry is named by its leaf, and waits without a place until its day has ended.

What stands in the record already keeps its place and its form.
"""

from django.db import migrations, models

BATCH = 500


def take_over(apps, schema_editor):
    """Every entry as it is, named by its leaf; erased ones name the leaf of what erased them."""
    old, new = apps.get_model("record", "Entry"), apps.get_model("record", "NamedEntry")
    erasing = set(old.objects.exclude(erased_by=None).values_list("erased_by", flat=True))
    leaves = {
        index: bytes(leaf).hex()
        for index, leaf in old.objects.filter(kind="record.erased").values_list("index", "leaf_hash")
        if index in erasing
    }
    last = -1
    while rows := list(old.objects.filter(index__gt=last).order_by("index")[:BATCH]):
        new.objects.bulk_create(
            new(
                leaf=bytes(row.leaf_hash).hex(),
                index=row.index,
                kind=row.kind,
                text=row.text,
                salt=row.salt,
                nodes=row.nodes,
                day=row.day,
                public=row.public,
                # One that points nowhere is told by the audit, as before.
                erased_by="" if row.erased_by is None else leaves.get(row.erased_by, "-"),
            )
            for row in rows
        )
        last = rows[-1].index


class Migration(migrations.Migration):

    dependencies = [
        ("record", "0001_record_of_entries"),
    ]

    operations = [
        migrations.CreateModel(
            name="NamedEntry",
            fields=[
                ("leaf", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("index", models.IntegerField(null=True, unique=True, verbose_name="number")),
                ("kind", models.CharField(max_length=32, verbose_name="kind")),
                ("text", models.TextField(null=True, verbose_name="statement")),
                ("salt", models.BinaryField(null=True)),
                ("nodes", models.BinaryField(default=bytes)),
                ("day", models.DateField(verbose_name="day")),
                ("public", models.BooleanField(verbose_name="public")),
                ("erased_by", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "verbose_name": "entry",
                "verbose_name_plural": "entries",
            },
        ),
        migrations.RunPython(take_over),
        migrations.DeleteModel("Entry"),
        migrations.RenameModel("NamedEntry", "Entry"),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("record_leaf", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "key of receipts",
                "verbose_name_plural": "keys of receipts",
            },
        ),
        migrations.AlterModelOptions(
            name="checkpoint",
            options={
                "ordering": ["-size", "-day", "-id"],
                "verbose_name": "published root",
                "verbose_name_plural": "published roots",
            },
        ),
        migrations.RemoveConstraint(model_name="checkpoint", name="one_root_an_occasion"),
        migrations.AddConstraint(
            model_name="checkpoint",
            constraint=models.UniqueConstraint(
                fields=("occasion", "subject", "size", "day"), name="one_root_an_occasion"
            ),
        ),
    ]
