from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0005_months_for_which_codes_open_answers'),
    ]

    operations = [
        migrations.AddField(
            model_name='consultationpage',
            name='publishes_while_open',
            field=models.BooleanField(default=False, help_text='Otherwise accepted responses are published together, after the consultation has closed. Only for a consultation that takes no responses without a name. People are told that they can change a response until it is published. When the consultation has opened, this can only be turned off.', verbose_name='publication while it is open'),
        ),
    ]
