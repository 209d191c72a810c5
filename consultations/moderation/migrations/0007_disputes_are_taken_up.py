"""
A report alone marks nothing: the public page tells of it once a moderator has taken it up.

Of those that wait now nobody knows whether a moderator has looked: they wait to be looked at.
"""

from django.db import migrations, models

VERBS = [
    ("accept", "Accepted"),
    ("ask", "Asked for clarification"),
    ("propose-rejection", "Proposed rejection"),
    ("confirm-rejection", "Confirmed rejection"),
    ("decline-rejection", "Declined rejection"),
    ("redact", "Redacted the public copy"),
    ("translate", "Translated"),
    ("publish", "Published"),
    ("remove", "Removed from publication"),
    ("take-up-dispute", "Took up a dispute"),
    ("decide-dispute", "Decided a dispute"),
    ("undo", "Undid"),
    ("note", "Noted"),
]


def take_marks_away(apps, schema_editor):
    apps.get_model("publication", "PublicCopy").objects.update(disputed_on=None)


class Migration(migrations.Migration):

    dependencies = [
        ("moderation", "0006_clearance_takes_two"),
        ("publication", "0005_translations"),
    ]

    operations = [
        migrations.AddField(
            model_name="dispute",
            name="taken_up_on",
            field=models.DateField(blank=True, null=True, verbose_name="taken up"),
        ),
        migrations.AlterField(
            model_name="screeningact",
            name="verb",
            field=models.CharField(choices=VERBS, max_length=17, verbose_name="act"),
        ),
        migrations.RunPython(take_marks_away, migrations.RunPython.noop),
    ]
