from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("responses", "0007_keys_tell_nothing")]

    operations = [
        migrations.AddField(
            "response",
            "translation_only",
            models.BooleanField("only in translation", default=False),
        ),
        migrations.AddField(
            "responseversion",
            "translation_only",
            models.BooleanField("only in translation", default=False),
        ),
        migrations.AlterField(
            "statusevent",
            "kind",
            models.CharField(
                choices=[
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
                    ("outcome", "The outcome is published, and your e-mail address is erased"),
                    (
                        "cancelled",
                        "The consultation was cancelled, and your e-mail address is erased",
                    ),
                    (
                        "lapsed",
                        "Two years have passed since the deadline, "
                        "and your e-mail address is erased",
                    ),
                ],
                max_length=22,
            ),
        ),
        migrations.AddConstraint(
            "response",
            models.CheckConstraint(
                condition=models.Q(("identity", "anonymous"), ("translation_only", False), _connector="OR"),
                name="translation_only_is_for_the_anonymous",
            ),
        ),
    ]
