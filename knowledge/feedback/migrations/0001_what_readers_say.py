"""What readers say of guides, read and deleted by editors and administrators."""

from importlib import import_module

import django.db.models.deletion
import portal.keys
from django.db import migrations, models


ROLES = ("Editors", "Administrators")


def permissions(apps):
    roles = import_module("portal.stakeholders.migrations.0002_roles")
    return [roles.permission(apps, "feedback", "feedback", verb) for verb in ("delete", "view")]


def allow(apps, schema_editor):
    for name in ROLES:
        group, _ = apps.get_model("auth.Group").objects.get_or_create(name=name)
        group.permissions.add(*permissions(apps))


def disallow(apps, schema_editor):
    for group in apps.get_model("auth.Group").objects.filter(name__in=ROLES):
        group.permissions.remove(*permissions(apps))


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('guides', '0009_no_owner_as_text'),
        ('stakeholders', '0002_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', portal.keys.RandomKeyField(serialize=False)),
                ('language', models.CharField(max_length=12, verbose_name='language of the page')),
                ('day', models.DateField(verbose_name='day')),
                ('was_useful', models.BooleanField(verbose_name='was useful')),
                ('text', models.TextField(blank=True, max_length=1000, verbose_name='what is missing')),
                ('words', models.CharField(blank=True, max_length=60, verbose_name='searched for')),
                ('guide', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='guides.guidepage', verbose_name='guide')),
            ],
            options={
                'verbose_name': 'what a reader said of a guide',
                'verbose_name_plural': 'what readers said of guides',
                'ordering': ['-day', 'pk'],
            },
        ),
        migrations.RunPython(allow, disallow),
    ]
