"""
What says by which way a signatory confirmed. Until now the link did, which the lead holds too: who
confirmed so is asked again, and what is published stays as it was entered in the record.
"""

from django.db import migrations, models
from django.db.models import Q

PROOFS = [
    ("address", "From an e-mail address"),
    ("organisation", "From the organisation's account"),
]


def ask_again(apps, schema_editor):
    signed = apps.get_model("responses", "Signatory").objects.exclude(confirmed_on=None)
    signed.update(confirmed_on=None, signed_digest="")


class Migration(migrations.Migration):

    dependencies = [("responses", "0010_files_that_were_sent")]

    operations = [
        migrations.AddField(
            model_name="signatory",
            name="confirmed_by",
            field=models.CharField(
                blank=True, choices=PROOFS, default="", editable=False, max_length=12
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="signatory",
            name="name_withheld",
            field=models.BooleanField(default=False, verbose_name="name withheld"),
        ),
        migrations.AddField(
            model_name="signatory",
            name="signed_parts",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="signatory",
            name="mailbox_hash",
            field=models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(ask_again, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True) | ~Q(confirmed_by=""),
                name="signatory_confirmed_in_some_way",
            ),
        ),
    ]
