"""Each name of an owner becomes an owner, without a mailbox: in guides, and in their revisions."""

from django.db import migrations


def name_of(text):
    return " ".join((text or "").split())


class Owners:
    """The owners by name, made where they are new."""

    def __init__(self, apps):
        self.made = apps.get_model("guides.Owner").objects
        self.known = {}

    def key_of(self, text):
        """Return the key of the owner of a name; None for a draft without one."""
        if (name := name_of(text)) and name not in self.known:
            self.known[name] = self.made.get_or_create(unit=name)[0].pk
        return self.known.get(name)


def move(apps, schema_editor):
    owners = Owners(apps)
    for guide in apps.get_model("guides.GuidePage").objects.only("pk", "owner_unit").iterator():
        guide.unit_id = owners.key_of(guide.owner_unit)
        guide.save(update_fields=["unit_id"])
    move_revisions(apps, owners)


def move_revisions(apps, owners):
    for revision in revisions_of_guides(apps).iterator():
        content = revision.content
        if "owner_unit" in content:
            content["unit"] = owners.key_of(content.pop("owner_unit"))
            revision.save(update_fields=["content"])


def back(apps, schema_editor):
    names = dict(apps.get_model("guides.Owner").objects.values_list("pk", "unit"))
    for guide in apps.get_model("guides.GuidePage").objects.only("pk", "unit_id").iterator():
        guide.owner_unit = names.get(guide.unit_id, "")
        guide.save(update_fields=["owner_unit"])
    for revision in revisions_of_guides(apps).iterator():
        content = revision.content
        if "unit" in content:
            content["owner_unit"] = names.get(content.pop("unit"), "")
            revision.save(update_fields=["content"])


def revisions_of_guides(apps):
    return apps.get_model("wagtailcore.Revision").objects.filter(
        content_type__app_label="guides", content_type__model="guidepage"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0007_owners_and_reviews"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(move, back)]
