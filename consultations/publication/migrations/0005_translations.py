import portal.taxonomy.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publication", "0004_keys_tell_nothing")]

    operations = [
        migrations.AddField(
            "publiccopy", "translations", models.JSONField("translations", default=dict)
        ),
        migrations.AddField(
            "publiccopy",
            "translated_into",
            portal.taxonomy.fields.TermField("language", blank=True, max_length=32),
        ),
    ]
