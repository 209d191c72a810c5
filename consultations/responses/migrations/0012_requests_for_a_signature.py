"""Who asked for an organisation's signature, and with what remark it was sent back."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.keys


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("responses", "0011_signatories_confirm_by_a_way_of_their_own"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignatureRequest",
            fields=[
                ("id", portal.keys.RandomKeyField(serialize=False)),
                ("asked_on", models.DateField(blank=True, null=True)),
                ("sent_back_on", models.DateField(blank=True, null=True)),
                ("remark", models.TextField(blank=True, max_length=2000, verbose_name="remark")),
                ("seen", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "draft",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signature_request",
                        to="responses.draft",
                    ),
                ),
                (
                    "sent_back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "request for a signature",
                "verbose_name_plural": "requests for a signature",
            },
        ),
    ]
