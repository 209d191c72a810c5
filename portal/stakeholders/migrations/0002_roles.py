"""
The five roles as groups, with what each may do in the admin.

Wagtail's own migrations make "Editors" and "Moderators" and let both work on every page and file.
Our moderators moderate what people write, so the right to publish pages is taken from them; what
editors and administrators may do with pages is set where the page types are.
"""

from django.db import migrations

ROLES = ("Editors", "Moderators", "Analysts", "State delegates", "Administrators")
MADE_BY_WAGTAIL = ("Editors", "Moderators")
# State delegates keep their state's page, which is not edited in the admin yet.
ENTER_ADMIN = ("Editors", "Moderators", "Analysts", "Administrators")
KEEP_FILES = ("Editors", "Administrators")
ADMINISTER = {
    "user": ("add", "change", "view"),
    "organisation": ("add", "change", "delete", "view"),
    "state": ("add", "change", "view"),
}
FILE_VERBS = ("add", "change", "choose")
MODERATORS_PAGE_VERBS = ("add", "change", "publish", "lock", "unlock")


def permission(apps, app_label, model, verb):
    """The permission, made where it is not yet: those of a model follow only after all migrations."""
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    codename = verb if model == "admin" else f"{verb}_{model}"
    return (
        apps.get_model("auth.Permission")
        .objects.get_or_create(
            content_type=content_type,
            codename=codename,
            defaults={"name": f"Can {verb} {'person' if model == 'user' else model}"},
        )[0]
    )


def file_permissions(apps):
    return [
        permission(apps, app_label, model, verb)
        for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document"))
        for verb in FILE_VERBS
    ]


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    GroupPagePermission = apps.get_model("wagtailcore.GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore.GroupCollectionPermission")
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in ROLES}

    moderators = groups["Moderators"]
    moderators.permissions.clear()
    GroupPagePermission.objects.filter(group=moderators).delete()
    GroupCollectionPermission.objects.filter(group=moderators).delete()

    enter = permission(apps, "wagtailadmin", "admin", "access_admin")
    for name in ENTER_ADMIN:
        groups[name].permissions.add(enter)

    root = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    for name in KEEP_FILES:
        for file_permission in file_permissions(apps):
            GroupCollectionPermission.objects.get_or_create(
                group=groups[name], collection=root, permission=file_permission
            )

    groups["Administrators"].permissions.add(
        *(
            permission(apps, "stakeholders", model, verb)
            for model, verbs in ADMINISTER.items()
            for verb in verbs
        )
    )


def unmake_roles(apps, schema_editor):
    """Remove the three groups of ours and give Wagtail's moderators back what Wagtail gave them."""
    Group = apps.get_model("auth.Group")
    Group.objects.filter(name__in=set(ROLES) - set(MADE_BY_WAGTAIL)).delete()
    moderators = Group.objects.filter(name="Moderators").first()
    if moderators is None:
        return
    root_page = apps.get_model("wagtailcore.Page").objects.get(depth=1)
    for verb in MODERATORS_PAGE_VERBS:
        apps.get_model("wagtailcore.GroupPagePermission").objects.get_or_create(
            group=moderators,
            page=root_page,
            permission=permission(apps, "wagtailcore", "page", verb),
        )
    root = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    for file_permission in file_permissions(apps):
        moderators.permissions.add(file_permission)
        apps.get_model("wagtailcore.GroupCollectionPermission").objects.get_or_create(
            group=moderators, collection=root, permission=file_permission
        )


class Migration(migrations.Migration):
    dependencies = [
        ("stakeholders", "0001_people_organisations_states"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
    ]

    operations = [migrations.RunPython(make_roles, unmake_roles)]
