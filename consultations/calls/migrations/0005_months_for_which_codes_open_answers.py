import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0004_drop_the_plain_list_of_questions'),
    ]

    operations = [
        migrations.AddField(
            model_name='consultationpage',
            name='code_months',
            field=models.PositiveSmallIntegerField(default=12, help_text='Counted from the deadline or the publication of the outcome, whichever is later: 4 to 60. After that no code opens a response any more, and what is kept of codes is erased. Published. When the consultation has opened, this can only grow.', validators=[django.core.validators.MinValueValidator(4), django.core.validators.MaxValueValidator(60)], verbose_name='months for which codes open responses'),
        ),
    ]
