
import django.db.models.deletion
import portal.keys
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0008_opened_responses'),
        ('responses', '0016_told_of_appeals'),
    ]

    operations = [
        migrations.AlterField(
            model_name='screeningact',
            name='verb',
            field=models.CharField(choices=[('accept', 'Accepted'), ('ask', 'Asked for clarification'), ('propose-rejection', 'Proposed rejection'), ('confirm-rejection', 'Confirmed rejection'), ('decline-rejection', 'Declined rejection'), ('redact', 'Redacted the public copy'), ('translate', 'Translated'), ('publish', 'Published'), ('propose-question', 'Proposed a question'), ('decline-question', 'Declined the question'), ('propose-removal', 'Proposed removal'), ('hide', 'Removed at once'), ('confirm-removal', 'Confirmed removal'), ('decline-removal', 'Declined removal'), ('remove', 'Removed from publication'), ('propose-return', 'Proposed to publish again'), ('confirm-return', 'Published again'), ('decline-return', 'Declined to publish again'), ('grant-appeal', 'Granted an appeal'), ('refuse-appeal', 'Did not grant an appeal'), ('take-up-dispute', 'Took up a dispute'), ('decide-dispute', 'Decided a dispute'), ('undo', 'Undid'), ('note', 'Noted')], max_length=17, verbose_name='act'),
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', portal.keys.RandomKeyField(serialize=False)),
                ('text', models.TextField(blank=True, max_length=2000, verbose_name='appeal')),
                ('made_on', models.DateField(verbose_name='made')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='reason for the decision')),
                ('against', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='appeal', to='moderation.screeningact')),
                ('decision', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='decided_appeal', to='moderation.screeningact')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appeals', to='responses.response')),
            ],
            options={
                'verbose_name': 'appeal about a response',
                'verbose_name_plural': 'appeals about responses',
                'ordering': ['made_on', 'pk'],
            },
        ),
    ]
