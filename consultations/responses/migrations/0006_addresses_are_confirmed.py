from django.db import migrations, models


def erase_unconfirmed(apps, schema_editor):
    """Nobody is written to whose address no code confirmed."""
    apps.get_model("responses", "Contact").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("responses", "0005_name_entries_by_leaf")]

    operations = [
        migrations.RunPython(erase_unconfirmed, migrations.RunPython.noop),
        migrations.RemoveField("draft", "sealed_contact"),
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
                        "Two years have passed since the deadline, and your e-mail address is "
                        "erased",
                    ),
                ],
                max_length=22,
            ),
        ),
    ]
