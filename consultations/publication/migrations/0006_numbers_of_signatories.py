"""How many signed without being named, and how many were asked and did not confirm."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("publication", "0005_translations")]

    operations = [
        migrations.AddField(
            model_name="publiccopy",
            name="signatories_withheld",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="publiccopy",
            name="signatories_waiting",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
    ]
