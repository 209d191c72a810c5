"""What a submitter is told of disputes about their response."""

from django.db import migrations, models

KINDS = [
    ("received", "Received"),
    ("new-version", "New version received"),
    ("clarification-asked", "We have a question"),
    ("clarification-answered", "You answered our question"),
    ("accepted", "Accepted"),
    ("rejected", "Not accepted"),
    ("reopened", "Being checked again"),
    ("redacted", "Passages left out of the public copy"),
    ("translation-chosen", "You chose: only a translation is published"),
    ("own-words-chosen", "You chose: your own words are published"),
    ("published", "Published"),
    ("withdrawn", "Withdrawn"),
    ("removed", "Removed from publication"),
    (
        "disputed",
        'Somebody says that it was falsely sent in their name. A moderator looks into it',
    ),
    (
        "dispute-ended",
        'The moderators did not agree with the report of a false name. It stays published',
    ),
    ("outcome", "The outcome is published, and your e-mail address is erased"),
    ("cancelled", "The consultation was cancelled, and your e-mail address is erased"),
    (
        "lapsed",
        "Two years have passed since the deadline, and your e-mail address is erased",
    ),
]


class Migration(migrations.Migration):

    dependencies = [("responses", "0008_published_only_in_translation")]

    operations = [
        migrations.AlterField(
            model_name="statusevent",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=22),
        ),
    ]
