"""
Names that are kept for the portal and for official bodies, to begin with; and profiles' names
without what cannot be seen.
"""

from importlib import import_module

from django.db import migrations, models

from portal.stakeholders.names import clean_name

PORTAL = (
    "ECHRI",
    "Export Controls and Human Rights Initiative",
    "official answer",
    "portal team",
    "portal staff",
    *("moderator", "modérateur", "modératrice", "moderador", "moderadora", "модератор"),
    "مشرف المنتدى",
    *("administrator", "administrateur", "administratrice", "administrador", "администратор"),
    "إدارة البوابة",
)
OFFICIAL = (
    *("ministry", "ministère", "ministerio", "министерство", "وزارة"),
    *("embassy", "ambassade", "embajada", "посольство", "سفارة"),
    *("government of", "gouvernement de", "gouvernement du", "gobierno de", "правительство"),
    "حكومة",
    *("European Commission", "Commission européenne", "Comisión Europea", "Европейская комиссия"),
    "المفوضية الأوروبية",
    *("United Nations", "Nations unies", "Naciones Unidas", "Организация Объединённых Наций"),
    "الأمم المتحدة",
    *("Department of State", "State Department", "Department of Commerce"),
    *("Bureau of Industry and Security", "Wassenaar Arrangement", "OHCHR"),
)


def begin_the_list(apps, schema_editor):
    reserved = apps.get_model("stakeholders", "ReservedName").objects
    for kind, several in (("portal", PORTAL), ("official", OFFICIAL)):
        for words in several:
            reserved.get_or_create(words=words, defaults={"kind": kind})


def let_administrators_edit_it(apps, schema_editor):
    roles = import_module("portal.stakeholders.migrations.0002_roles")
    administrators = apps.get_model("auth.Group").objects.get(name="Administrators")
    administrators.permissions.add(
        *(
            roles.permission(apps, "stakeholders", "reservedname", verb)
            for verb in ("add", "change", "delete", "view")
        )
    )


def clean_names(apps, schema_editor):
    people = apps.get_model("stakeholders", "User").objects
    for person in people.only("name", "affiliation").iterator():
        name, affiliation = clean_name(person.name), clean_name(person.affiliation)
        if (name, affiliation) != (person.name, person.affiliation):
            # Who had nothing but signs that cannot be seen is called what others see: nothing.
            people.filter(pk=person.pk).update(name=name or "–", affiliation=affiliation)


class Migration(migrations.Migration):

    dependencies = [("stakeholders", "0003_signing_for_organisations")]

    operations = [
        migrations.CreateModel(
            name="ReservedName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        help_text=(
                            "They are found in a name in capitals or small letters, with or "
                            "without accents, and in letters that look like them. Words of eight "
                            "letters or more are found within longer words too."
                        ),
                        max_length=100,
                        unique=True,
                        verbose_name="words",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("portal", "The portal and its staff"),
                            ("official", "Official bodies that were verified"),
                        ],
                        max_length=8,
                        verbose_name="kept for",
                    ),
                ),
            ],
            options={
                "verbose_name": "reserved name",
                "verbose_name_plural": "reserved names",
                "ordering": ["words"],
            },
        ),
        migrations.RunPython(begin_the_list, migrations.RunPython.noop),
        migrations.RunPython(let_administrators_edit_it, migrations.RunPython.noop),
        migrations.RunPython(clean_names, migrations.RunPython.noop),
    ]
