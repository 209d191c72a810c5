from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("discussion", "0001_threads_and_comments"),
    ]

    operations = [
        migrations.AddField(
            model_name=name,
            name="record_index",
            field=models.PositiveBigIntegerField(editable=False, null=True),
        )
        for name in ("comment", "commentversion", "moderationact")
    ]
