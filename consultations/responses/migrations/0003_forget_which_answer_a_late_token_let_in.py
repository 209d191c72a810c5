"""
Nothing ties a late token to an answer any more, and an answer without a name is not marked as late.

What was kept so far goes: reasons in free text (they may name a person), days of use, the days after
the deadline beside answers without a name.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import migrations, models

REASONS = [
    ("postmarked", "It was sent in time and arrived later"),
    ("shutdown", "The internet was cut off or blocked somewhere"),
    ("outage", "The portal could not be reached or did not work"),
    ("disaster", "A disaster, fighting or unrest"),
    ("post", "Letters did not arrive in time"),
    ("event", 'Something else that kept many people from responding'),
    ("person", 'One person or organisation could not respond in time'),
]
OF_AN_ENTRY = "entry"


def carry_over(apps, schema_editor):
    model = {
        name: apps.get_model("responses", name)
        for name in ("Draft", "LateToken", "PaperEntry", "Response", "ResponseVersion")
    }
    events = apps.get_model("responses", "StatusEvent").objects
    tokens = model["LateToken"].objects
    entered = model["PaperEntry"].objects
    drafts = model["Draft"].objects.filter(late_token__isnull=False)
    begun = [*drafts.values_list("late_token", flat=True)]
    drafts.exclude(pk__in=entered.filter(draft__isnull=False).values("draft")).update(
        let_in_late=True
    )
    tokens.update(reason="person", event="", most_answers=1, answers_left=1)
    tokens.filter(used_on__isnull=False).update(answers_left=0)
    tokens.filter(pk__in=begun).update(answers_left=0)
    tokens.filter(pk__in=entered.values("late_token")).update(reason=OF_AN_ENTRY)
    entered.filter(in_time=True).exclude(reason="").update(reason="postmarked")
    entered.filter(in_time=False).exclude(reason="").update(reason="event")
    responses = model["Response"].objects.filter(identity="anonymous")
    for response in responses.select_related("consultation").iterator():
        page = response.consultation
        closed = page.closes_at - timedelta(microseconds=1)
        last = closed.astimezone(ZoneInfo(page.timezone)).date()
        mine = model["Response"].objects.filter(pk=response.pk)
        mine.update(is_late=False, received_on=min(response.received_on, last))
        versions = model["ResponseVersion"].objects.filter(response=response.pk)
        versions.filter(submitted_on__gt=last).update(submitted_on=last)
        came = events.filter(response=response.pk, kind__in=("received", "new-version"))
        came.filter(on__gt=last).update(on=last)
        entry = entered.filter(response=response.pk)
        entry.update(reason="", in_time=True)
        entry.filter(received_on__gt=last).update(received_on=last)
    check_now(schema_editor)


def check_now(schema_editor):
    """PostgreSQL alters no table whose rows it has still to check at the end of the transaction."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def forget_tokens_of_entries(apps, schema_editor):
    apps.get_model("responses", "LateToken").objects.filter(reason=OF_AN_ENTRY).delete()
    check_now(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0004_drop_the_plain_list_of_questions"),
        ("responses", "0002_answers_on_paper"),
    ]

    operations = [
        migrations.AddField("draft", "let_in_late", models.BooleanField(default=False)),
        migrations.AddField(
            "latetoken", "answers_left", models.PositiveIntegerField(editable=False, null=True)
        ),
        migrations.AddField(
            "latetoken",
            "event",
            models.CharField(blank=True, max_length=300, verbose_name="what happened"),
        ),
        migrations.AddField(
            "latetoken",
            "is_announced",
            models.BooleanField(default=False, verbose_name="announced"),
        ),
        migrations.AddField(
            "latetoken",
            "most_answers",
            models.PositiveIntegerField(blank=True, null=True, verbose_name='most responses'),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RemoveField("draft", "late_token"),
        migrations.RemoveField("paperentry", "late_token"),
        migrations.RunPython(forget_tokens_of_entries, migrations.RunPython.noop),
        migrations.RemoveField("latetoken", "counts_as_in_time"),
        migrations.RemoveField("latetoken", "used_on"),
        migrations.AlterField(
            "latetoken",
            "reason",
            models.CharField(choices=REASONS, max_length=10, verbose_name="reason"),
        ),
        migrations.AlterField(
            "latetoken",
            "token_hash",
            models.CharField(max_length=64, null=True, unique=True),
        ),
        migrations.AlterField(
            "paperentry",
            "reason",
            models.CharField(blank=True, choices=REASONS, max_length=10, verbose_name="reason"),
        ),
        migrations.AddConstraint(
            "latetoken",
            models.CheckConstraint(
                condition=~models.Q(reason="person") | models.Q(event="", is_announced=False),
                name="late_token_names_nobody",
            ),
        ),
        migrations.AddConstraint(
            "latetoken",
            models.CheckConstraint(
                condition=models.Q(token_hash__isnull=True, is_announced=True)
                | models.Q(token_hash__isnull=False, is_announced=False),
                name="late_token_has_code_or_is_announced",
            ),
        ),
        migrations.AddConstraint(
            "response",
            models.CheckConstraint(
                condition=~models.Q(identity="anonymous") | models.Q(is_late=False),
                name="anonymous_response_is_not_marked_late",
            ),
        ),
    ]
