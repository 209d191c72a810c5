from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calls", "0003_ask_old_questions_in_the_questionnaire")]

    operations = [
        migrations.RemoveField(model_name="consultationpage", name="questions"),
        migrations.AlterField(
            model_name="consultationpage",
            name="docket",
            field=models.CharField(
                editable=False, max_length=24, unique=True, verbose_name="docket"
            ),
        ),
    ]
