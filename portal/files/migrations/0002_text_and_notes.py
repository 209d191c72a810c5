from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0001_stored_files")]

    operations = [
        migrations.RemoveField(model_name="storedfile", name="removed_codes"),
        migrations.AddField(
            model_name="storedfile",
            name="text",
            field=models.TextField(blank=True, default="", verbose_name="text"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="storedfile",
            name="notes",
            field=models.JSONField(default=list, verbose_name="notes"),
        ),
    ]
