"""
Keys of what is done with answers are drawn by chance, instead of counting up.

Acts on one response get their numbers first, from the old keys, which said their order.
"""

from django.db import migrations, models
from django.utils.crypto import salted_hmac

import portal.keys
from portal.renumbering import renumber

WITH_KEYS = ("screeningact", "confidentialview", "dispute")
NUMBER = """
    UPDATE moderation_screeningact SET number = (
        SELECT count(*) FROM moderation_screeningact AS earlier
        WHERE earlier.response_id = moderation_screeningact.response_id
            AND earlier.id <= moderation_screeningact.id
    )
"""


def number(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(NUMBER)


def draw_keys(apps, schema_editor):
    for name in WITH_KEYS:
        drawn = renumber(schema_editor, f"moderation_{name}")
    follow(apps, drawn)  # those of disputes


def follow(apps, drawn):
    """What names a dispute in other ways: the act that decided it, and what waits to be told."""
    acts = apps.get_model("moderation", "ScreeningAct").objects.filter(verb="decide-dispute")
    for act in acts.iterator():
        if act.detail.get("dispute") in drawn:
            act.detail["dispute"] = drawn[act.detail["dispute"]]
            act.save(update_fields=["detail"])
    messages = apps.get_model("notifications", "Message").objects
    waiting = apps.get_model("notifications", "Confirmation").objects
    for old, new in drawn.items():
        before, after = f"dispute.{old}.contact", f"dispute.{new}.contact"
        waiting.filter(purpose=keyed(before)).update(purpose=keyed(after))
        messages.filter(about=keyed(f"{before}.code")).update(about=keyed(f"{after}.code"))


def keyed(text):
    return salted_hmac("portal.notifications.once", text, algorithm="sha256").hexdigest()


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0003_name_entries_by_leaf"),
        ("notifications", "0002_sealed_whole"),
    ]

    operations = [
        migrations.AlterModelOptions(
            "confidentialview",
            {
                "ordering": ["-at", "pk"],
                "permissions": [
                    ("read_confidential", "Can open answers that are for officials only")
                ],
                "verbose_name": "confidential view",
                "verbose_name_plural": "confidential views",
            },
        ),
        migrations.AlterModelOptions(
            "dispute",
            {
                "ordering": ["opened_on", "pk"],
                "verbose_name": "dispute",
                "verbose_name_plural": "disputes",
            },
        ),
        migrations.AlterModelOptions(
            "screeningact",
            {
                "ordering": ["number"],
                "verbose_name": "screening act",
                "verbose_name_plural": "screening acts",
            },
        ),
        migrations.AddField(
            "screeningact",
            "number",
            models.PositiveIntegerField(default=0, editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(number),
        *(
            migrations.AlterField(name, "id", portal.keys.RandomKeyField(serialize=False))
            for name in WITH_KEYS
        ),
        migrations.AddConstraint(
            "screeningact",
            models.UniqueConstraint(
                fields=("response", "number"), name="one_screening_act_a_number"
            ),
        ),
        migrations.RunPython(draw_keys),
    ]
