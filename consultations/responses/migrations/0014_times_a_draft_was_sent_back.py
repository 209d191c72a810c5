from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("responses", "0013_published_even_if_alone")]

    operations = [
        migrations.AddField(
            model_name="signaturerequest",
            name="times_sent_back",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
