
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('responses', '0015_on_whose_behalf_versions_speak'),
    ]

    operations = [
        migrations.AlterField(
            model_name='statusevent',
            name='kind',
            field=models.CharField(choices=[('received', 'Received'), ('new-version', 'New version received'), ('clarification-asked', 'We have a question'), ('clarification-answered', 'You answered our question'), ('file-added', 'A file that was still being checked was added'), ('file-not-taken', 'A file could not be taken. You can attach another'), ('left-out', 'You changed what is left out of a file'), ('accepted', 'Accepted'), ('rejected', 'Not accepted'), ('reopened', 'Being checked again'), ('redacted', 'Passages left out of the public copy'), ('translation-chosen', 'You chose: only a translation is published'), ('own-words-chosen', 'You chose: your own words are published'), ('published', 'Published'), ('withdrawn', 'Withdrawn'), ('removed', 'Removed from publication'), ('restored', 'Published again'), ('appealed', 'You appealed'), ('appeal-granted', 'Your appeal was granted'), ('appeal-refused', 'Your appeal was not granted'), ('disputed', 'Somebody says that it was falsely sent in their name. A moderator looks into it'), ('dispute-ended', 'The moderators did not agree with the report of a false name. It stays published'), ('outcome', 'The outcome is published, and your e-mail address is erased'), ('cancelled', 'The consultation was cancelled, and your e-mail address is erased'), ('lapsed', 'Two years have passed since the deadline, and your e-mail address is erased')], max_length=22),
        ),
    ]
