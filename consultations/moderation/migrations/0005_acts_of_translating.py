from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0004_keys_tell_nothing")]

    operations = [
        migrations.AlterField(
            "screeningact",
            "verb",
            models.CharField(
                "act",
                choices=[
                    ("accept", "Accepted"),
                    ("ask", "Asked for clarification"),
                    ("propose-rejection", "Proposed rejection"),
                    ("confirm-rejection", "Confirmed rejection"),
                    ("decline-rejection", "Declined rejection"),
                    ("redact", "Redacted the public copy"),
                    ("translate", "Translated"),
                    ("publish", "Published"),
                    ("remove", "Removed from publication"),
                    ("decide-dispute", "Decided a dispute"),
                    ("undo", "Undid"),
                    ("note", "Noted"),
                ],
                max_length=17,
            ),
        ),
    ]
