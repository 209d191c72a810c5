from django.db import migrations, models

KINDS = [
    ("pdf", "PDF"),
    ("docx", "Word document"),
    ("odt", "OpenDocument text"),
    ("xlsx", "Excel workbook"),
    ("jpeg", "JPEG picture"),
    ("png", "PNG picture"),
    ("txt", "Plain text"),
    ("csv", "CSV table"),
]
STATES = [
    ("waiting", "Being checked"),
    ("refused", "Not taken"),
    ("quarantined", "Being checked for harmful software"),
    ("clean", "Checked"),
    ("infected", "Deleted: it held harmful software"),
]


class Migration(migrations.Migration):
    dependencies = [("files", "0003_no_hidden_number")]

    operations = [
        migrations.AddField(
            "storedfile", "holder", models.CharField(blank=True, editable=False, max_length=32)
        ),
        migrations.AddField("storedfile", "refusal", models.JSONField(default=dict, editable=False)),
        # Files that are there already are not held against anybody's allowance.
        migrations.AddField(
            "storedfile", "is_sent", models.BooleanField(default=True, editable=False)
        ),
        migrations.AlterField(
            "storedfile", "is_sent", models.BooleanField(default=False, editable=False)
        ),
        migrations.AlterField(
            "storedfile",
            "kind",
            models.CharField(blank=True, choices=KINDS, max_length=8, verbose_name="kind"),
        ),
        migrations.AlterField(
            "storedfile", "sha256", models.CharField(blank=True, editable=False, max_length=64)
        ),
        migrations.AlterField(
            "storedfile",
            "state",
            models.CharField(choices=STATES, max_length=11, verbose_name="state"),
        ),
        migrations.AddIndex(
            "storedfile",
            models.Index(condition=models.Q(is_sent=False), fields=["size"], name="unsent_files"),
        ),
    ]
