"""
The register is the Subscribing States; every other state or territory has a page and no status.

Rows stay, and with them the state of people, bodies and guides. What was presumed of the Summit of
2023 becomes unknown. `create_site` or `load_states` then adds the states that were never invited.
"""

from django.db import migrations, models

from portal.stakeholders.countries import name_of

LAUNCH_LIST = "US Department of State, release of 30 March 2023 with the launch list of 24 names"
OF_APRIL = "The Volkov Law Group, page of April 2023 that names 25 Subscribing States"
NOT_ASKED = "Not recorded: it was entered before a source was asked for"
INVITATIONS = {
    "presumed re-invited": "",
    "not invited": "",
    "newly invited (AP report)": "invited",
}
SUMMIT_CHOICES = [("invited", "Invited"), ("host", "Host, alone or with others")]


def keep_what_is_known(apps, schema_editor):
    State = apps.get_model("stakeholders.State")
    State.objects.exclude(code_status="subscribing").update(code_status="")
    subscribing = State.objects.filter(code_status="subscribing", endorsement_source="")
    subscribing.filter(date_precision__startswith="launch list").update(
        endorsement_source=LAUNCH_LIST
    )
    subscribing.filter(date_precision__startswith="month only, by inference").update(
        endorsement_source=OF_APRIL
    )
    subscribing.filter(endorsement_source="").update(endorsement_source=NOT_ASKED)
    for field in ("summit_2021", "summit_2023"):
        for before, now in INVITATIONS.items():
            State.objects.filter(**{field: before}).update(**{field: now})


def name_the_others_invited(apps, schema_editor):
    State = apps.get_model("stakeholders.State")
    State.objects.filter(code_status="").update(code_status="invited")
    for state in State.objects.all():
        state.name = name_of(state.iso2, "en")
        state.save(update_fields=["name"])


def summit(year):
    return models.CharField(
        blank=True,
        choices=SUMMIT_CHOICES,
        max_length=60,
        verbose_name=f"Summit for Democracy {year}",
    )


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0004_reserved_names")]

    operations = [
        migrations.AddField(
            "state",
            "endorsement_source",
            models.CharField(
                blank=True,
                default="",
                help_text="What anybody can read it in: the issuer, the title and the date.",
                max_length=300,
                verbose_name="source of the endorsement",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "state",
            "endorsement_url",
            models.URLField(
                blank=True,
                default="",
                help_text="The issuer's or an archive's, once somebody has opened it; no copy.",
                max_length=500,
                verbose_name="address of that source",
            ),
            preserve_default=False,
        ),
        migrations.AddField("state", "summit_2024", summit(2024)),
        migrations.AlterField("state", "summit_2021", summit(2021)),
        migrations.AlterField("state", "summit_2023", summit(2023)),
        migrations.AlterField(
            "state",
            "code_status",
            models.CharField(
                blank=True,
                choices=[("subscribing", "Subscribing State")],
                max_length=12,
                verbose_name="status",
            ),
        ),
        migrations.RunPython(keep_what_is_known, name_the_others_invited),
        migrations.AlterModelOptions(
            "state",
            {"ordering": ["iso2"], "verbose_name": "state", "verbose_name_plural": "states"},
        ),
        # So that going back has something to put there first.
        migrations.AlterField("state", "name", models.CharField(blank=True, max_length=100)),
        migrations.RemoveField("state", "name"),
        migrations.AddConstraint(
            "state",
            models.CheckConstraint(
                condition=models.Q(("code_status", "subscribing"), _negated=True)
                | models.Q(("endorsement_source", ""), _negated=True),
                name="state_subscribing_has_source",
                violation_error_message="An endorsement needs its source.",
            ),
        ),
    ]
