"""
Who may do what with pages, and the workflow "Second person approves" on the whole tree.

Wagtail's own migrations make a workflow in which "Moderators" approve. Our moderators moderate
what people write, so it goes. Editors write and approve each other's work but do not publish;
administrators publish what needs no second person, unpublish and lock.
"""

from django.db import migrations

WORKFLOW = "Second person approves"
PAGE_VERBS = {
    "Editors": ("add", "change"),
    "Administrators": ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
}
APPROVERS = ("Editors", "Administrators")
REDIRECT_VERBS = ("add", "change", "delete", "view")


def permission(apps, app_label, model, verb):
    """The permission, made where it is not yet: those of a model follow only after all migrations."""
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    return apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type,
        codename=f"{verb}_{model}",
        defaults={"name": f"Can {verb} {model}"},
    )[0]


def allow_work_on_pages(apps, groups, root):
    GroupPagePermission = apps.get_model("wagtailcore.GroupPagePermission")
    for name, verbs in PAGE_VERBS.items():
        for verb in verbs:
            GroupPagePermission.objects.get_or_create(
                group=groups[name], page=root, permission=permission(apps, "wagtailcore", "page", verb)
            )
    groups["Administrators"].permissions.add(
        *(permission(apps, "wagtailredirects", "redirect", verb) for verb in REDIRECT_VERBS)
    )


def make_workflow(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    Workflow = apps.get_model("wagtailcore.Workflow")
    Task = apps.get_model("cms.SecondPersonApprovalTask")
    root = apps.get_model("wagtailcore.Page").objects.get(depth=1)
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in PAGE_VERBS}
    allow_work_on_pages(apps, groups, root)

    Workflow.objects.filter(name="Moderators approval").delete()
    apps.get_model("wagtailcore.GroupApprovalTask").objects.filter(
        name="Moderators approval"
    ).delete()

    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="cms", model="secondpersonapprovaltask"
    )
    task, _ = Task.objects.get_or_create(
        name="Approval by a second person", defaults={"content_type": content_type}
    )
    task.groups.set([groups[name] for name in APPROVERS])
    workflow, _ = Workflow.objects.get_or_create(name=WORKFLOW)
    apps.get_model("wagtailcore.WorkflowTask").objects.get_or_create(
        workflow=workflow, task_id=task.pk, defaults={"sort_order": 0}
    )
    apps.get_model("wagtailcore.WorkflowPage").objects.update_or_create(
        page=root, defaults={"workflow": workflow}
    )


def unmake_workflow(apps, schema_editor):
    apps.get_model("wagtailcore.Workflow").objects.filter(name=WORKFLOW).delete()
    apps.get_model("cms.SecondPersonApprovalTask").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_pages_and_approval"),
        ("stakeholders", "0002_roles"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(make_workflow, unmake_workflow)]
