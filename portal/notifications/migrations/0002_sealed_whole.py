import json
import uuid

from django.db import migrations, models

from portal.notifications.sealing import CannotUnsealError, seal, unseal


def seal_whole(apps, schema_editor):
    """What waits is sealed with what it is made of; what no key opens stays without an address."""
    Message = apps.get_model("notifications", "Message")
    for message in Message.objects.exclude(sealed_recipient=None):
        try:
            address = unseal(message.sealed_recipient)
        except CannotUnsealError:
            continue
        message.sealed = seal(json.dumps({"to": address, "context": message.context}))
        message.save(update_fields=["sealed"])


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_outbox")]

    operations = [
        migrations.AddField("message", "sealed", models.BinaryField(null=True)),
        migrations.AddField(
            "message", "about", models.CharField(blank=True, editable=False, max_length=64)
        ),
        migrations.RunPython(seal_whole, migrations.RunPython.noop),
        migrations.RemoveField("message", "context"),
        migrations.RemoveField("message", "sealed_recipient"),
        migrations.AddIndex(
            "message",
            models.Index(
                fields=["about"],
                name="message_about",
                condition=models.Q(("about", ""), _negated=True),
            ),
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("purpose", models.CharField(editable=False, max_length=64, unique=True)),
                ("sealed", models.BinaryField()),
                ("code_hash", models.CharField(editable=False, max_length=64)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "address to be confirmed",
                "verbose_name_plural": "addresses to be confirmed",
            },
        ),
    ]
