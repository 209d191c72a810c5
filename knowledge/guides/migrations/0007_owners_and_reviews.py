"""Owners of guides, kept by editors and administrators; reminders, and reviews by two people."""

import django.db.models.deletion
import django.utils.timezone
import knowledge.guides.models.owner
from django.conf import settings
from django.db import migrations, models


ROLES = ("Editors", "Administrators")


def permissions(apps):
    """Each permission, made where it is not yet: those of a model follow only after all migrations."""
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="guides", model="owner"
    )
    for verb in ("add", "change", "delete", "view"):
        yield apps.get_model("auth.Permission").objects.get_or_create(
            content_type=content_type,
            codename=f"{verb}_owner",
            defaults={"name": f"Can {verb} owner"},
        )[0]


def allow(apps, schema_editor):
    for name in ROLES:
        group, _ = apps.get_model("auth.Group").objects.get_or_create(name=name)
        group.permissions.add(*permissions(apps))


def disallow(apps, schema_editor):
    for group in apps.get_model("auth.Group").objects.filter(name__in=ROLES):
        group.permissions.remove(*permissions(apps))


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0006_what_consultations_changed'),
        ('stakeholders', '0002_roles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Owner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit', models.CharField(help_text='As readers see it under its guides. No person’s name.', max_length=200, unique=True, verbose_name='unit')),
                ('mailbox', models.EmailField(blank=True, help_text='Of the unit, not of one person. A mail with a link goes to it.', max_length=254, verbose_name='mailbox')),
                ('mailbox_verified_on', models.DateField(editable=False, null=True, verbose_name='mailbox verified')),
                ('mailbox_secret', models.CharField(blank=True, editable=False, max_length=64)),
                ('deputy_name', models.CharField(blank=True, help_text='Who stands in where the unit does not answer. Shown to staff alone.', max_length=120, verbose_name='deputy')),
                ('deputy_mailbox', models.EmailField(blank=True, help_text='Written to from the day on which a review is due. A link goes to it too.', max_length=254, verbose_name='deputy’s mailbox')),
                ('deputy_verified_on', models.DateField(editable=False, null=True, verbose_name='deputy’s mailbox verified')),
                ('deputy_secret', models.CharField(blank=True, editable=False, max_length=64)),
                ('language', models.CharField(choices=knowledge.guides.models.owner.languages_of_mail, default='en', max_length=12, verbose_name='language of mails')),
            ],
            options={
                'verbose_name': 'owner',
                'verbose_name_plural': 'owners',
                'ordering': ['unit'],
            },
        ),
        migrations.CreateModel(
            name='ReviewReminder',
            fields=[
                ('guide', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='guides.guidepage')),
                ('due', models.DateField()),
                ('step', models.SmallIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='guidepage',
            name='unit',
            field=models.ForeignKey(help_text='The unit that answers for this guide and reviews it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='guides.owner', verbose_name='owner'),
        ),
        migrations.CreateModel(
            name='StillTrue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.TextField(max_length=500, verbose_name='note')),
                ('review_due', models.DateField(verbose_name='next review')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('decision', models.CharField(blank=True, choices=[('confirmed', 'Confirmed'), ('refused', 'Refused')], max_length=12, verbose_name='decision')),
                ('answer', models.TextField(blank=True, max_length=500, verbose_name='answer')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('guide', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='guides.guidepage')),
            ],
            options={
                'verbose_name': 'review of a guide',
                'verbose_name_plural': 'reviews of guides',
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('guide',), name='one_waiting_review_of_a_guide')],
            },
        ),
        migrations.RunPython(allow, disallow),
    ]
