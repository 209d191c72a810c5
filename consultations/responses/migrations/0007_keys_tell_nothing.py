"""
Keys of all that answers consist of are drawn by chance, instead of counting up.

What has an order within one answer gets a number there first, from the old keys, which said it.
"""

from django.db import migrations, models
from django.utils.crypto import salted_hmac

import portal.keys
from portal.renumbering import renumber

WITH_KEYS = (
    *("latetoken", "response", "responseversion", "contact", "draft", "signatory"),
    *("clarification", "statusevent", "paperentry"),
)
NUMBERED = ("clarification", "signatory", "statusevent")
OF_A_RESPONSE = """
    UPDATE {table} SET number = (
        SELECT count(*) FROM {table} AS earlier
        WHERE earlier.response_id = {table}.response_id AND earlier.id <= {table}.id
    ) WHERE response_id IS NOT NULL
"""
# After those of what was sent before.
OF_A_DRAFT = """
    UPDATE responses_signatory SET number = (
        SELECT count(*) FROM responses_signatory AS earlier
        WHERE earlier.draft_id = responses_signatory.draft_id
            AND earlier.id <= responses_signatory.id
    ) + (
        SELECT count(*) FROM responses_signatory AS sent
        JOIN responses_draft AS draft ON draft.response_id = sent.response_id
        WHERE draft.id = responses_signatory.draft_id
    ) WHERE response_id IS NULL AND draft_id IS NOT NULL
"""


def number(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for name in NUMBERED:
            cursor.execute(OF_A_RESPONSE.format(table=f"responses_{name}"))
        cursor.execute(OF_A_DRAFT)


def draw_keys(apps, schema_editor):
    for name in WITH_KEYS:
        drawn = renumber(schema_editor, f"responses_{name}")
        if name == "response":
            follow(apps, drawn)


def follow(apps, drawn):
    """What waits to be told, or to be confirmed, names its response by a keyed hash of the key."""
    messages = apps.get_model("notifications", "Message").objects
    waiting = apps.get_model("notifications", "Confirmation").objects
    for rows, field, names in (
        (messages, "about", ("response.{}", "response.{}.contact.code")),
        (waiting, "purpose", ("response.{}.contact",)),
    ):
        kept = dict(rows.exclude(**{field: ""}).values_list(field, "pk"))
        if not kept:
            continue
        for old, new in drawn.items():
            for name in names:
                if keyed(name.format(old)) in kept:
                    rows.filter(**{field: keyed(name.format(old))}).update(
                        **{field: keyed(name.format(new))}
                    )


def keyed(text):
    return salted_hmac("portal.notifications.once", text, algorithm="sha256").hexdigest()


class Migration(migrations.Migration):
    dependencies = [
        ("responses", "0006_addresses_are_confirmed"),
        ("notifications", "0002_sealed_whole"),
    ]

    operations = [
        *(
            migrations.AlterModelOptions(name, {"ordering": ["number"], **names})
            for name, names in {
                "clarification": {
                    "verbose_name": "clarification",
                    "verbose_name_plural": "clarifications",
                },
                "signatory": {"verbose_name": "signatory", "verbose_name_plural": "signatories"},
                "statusevent": {"verbose_name": "event", "verbose_name_plural": "events"},
            }.items()
        ),
        *(
            migrations.AddField(
                name,
                "number",
                models.PositiveIntegerField(default=0, editable=False),
                preserve_default=False,
            )
            for name in NUMBERED
        ),
        migrations.RunPython(number),
        *(
            migrations.AlterField(name, "id", portal.keys.RandomKeyField(serialize=False))
            for name in WITH_KEYS
        ),
        migrations.AddConstraint(
            "clarification",
            models.UniqueConstraint(fields=("response", "number"), name="one_question_a_number"),
        ),
        migrations.AddConstraint(
            "statusevent",
            models.UniqueConstraint(fields=("response", "number"), name="one_event_a_number"),
        ),
        migrations.RunPython(draw_keys),
    ]
