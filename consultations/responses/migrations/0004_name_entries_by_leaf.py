"""Each row names its entry in the record by the leaf, which it has from the first moment."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

MODELS = ("responseversion",)


def name_by_leaf(apps, schema_editor):
    entries = apps.get_model("record", "Entry").objects
    leaf = Subquery(entries.filter(index=OuterRef("record_index")).values("leaf")[:1])
    for name in MODELS:
        rows = apps.get_model("responses", name).objects.exclude(record_index=None)
        # One whose entry is gone is told by the audit, as before.
        rows.update(record_leaf=Coalesce(leaf, Value("")))


class Migration(migrations.Migration):

    dependencies = [
        ("responses", "0003_forget_which_answer_a_late_token_let_in"),
        ("record", "0002_entries_wait_for_their_day"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="record_leaf",
                field=models.CharField(blank=True, default="", editable=False, max_length=64),
                preserve_default=False,
            )
            for name in MODELS
        ),
        migrations.RunPython(name_by_leaf),
        *(migrations.RemoveField(model_name=name, name="record_index") for name in MODELS),
    ]
