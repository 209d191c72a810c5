"""A root is signed with its day, occasion and consultation; what was published before stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("record", "0002_entries_wait_for_their_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="checkpoint",
            name="key",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="checkpoint",
            name="signature",
            field=models.CharField(blank=True, default="", max_length=128),
            preserve_default=False,
        ),
    ]
