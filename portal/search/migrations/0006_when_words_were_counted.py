from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0005_completion_and_spelling")]

    operations = [
        migrations.CreateModel(
            name="WordCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
            ],
        ),
    ]
