"""The library of sources, and who keeps it: editors and administrators, as for guides."""

import django.core.validators
import django.db.models.deletion
import knowledge.sources.addresses
import portal.taxonomy.fields
import portal.taxonomy.languages
import wagtail.fields
from django.db import migrations, models

ROLES = ("Editors", "Administrators")


def permissions(apps):
    """Each permission, made where it is not yet: those of a model follow only after all migrations."""
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="sources", model="source"
    )
    for verb in ("add", "change", "delete", "view"):
        yield apps.get_model("auth.Permission").objects.get_or_create(
            content_type=content_type,
            codename=f"{verb}_source",
            defaults={"name": f"Can {verb} source"},
        )[0]


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
        ("stakeholders", "0002_roles"),
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='Stands in the address of its page, and stays once the source is cited.', max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]+(-[a-z0-9]+)*$', 'Use small letters a to z, digits and single hyphens, such as “eu-2021-821”.')], verbose_name='key')),
                ('title', models.CharField(help_text='As the document names itself.', max_length=400, verbose_name='title')),
                ('short_name', models.CharField(blank=True, help_text='As people call it, e.g. “EU Dual-Use Regulation”.', max_length=120, verbose_name='short name')),
                ('language', portal.taxonomy.fields.TermField('language', default='en', help_text='The language of the title, and of what is written here about it.', max_length=32)),
                ('issuer', models.CharField(blank=True, help_text='The body, court or author whose document it is.', max_length=200, verbose_name='issuer')),
                ('kind', models.CharField(choices=[('law', 'Binding law'), ('soft-law', 'Soft law'), ('guidance', 'Official guidance'), ('decision', 'Court decision'), ('report', 'Report'), ('scholarship', 'Scholarship'), ('civil-society', 'Civil society'), ('tool', 'Tool')], max_length=20, verbose_name='kind')),
                ('binds', models.CharField(blank=True, help_text='In plain words, e.g. “Member States of the EU, since 9 September 2021”.', max_length=300, verbose_name='whom it binds')),
                ('dated', models.CharField(blank=True, help_text='As exact as the document is: “2018” or “20 May 2021”.', max_length=60, verbose_name='date')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year')),
                ('number', models.CharField(blank=True, help_text='As the issuer counts it, e.g. “A/HRC/17/31”.', max_length=120, verbose_name='number')),
                ('address', models.URLField(blank=True, help_text='At the issuer, or in a library or a web archive.', max_length=500, validators=[django.core.validators.URLValidator(schemes=['http', 'https']), knowledge.sources.addresses.refuse_mirrors], verbose_name='address')),
                ('archive_address', models.URLField(blank=True, help_text='Where the same text stays should the first address be moved.', max_length=500, validators=[django.core.validators.URLValidator(schemes=['http', 'https']), knowledge.sources.addresses.refuse_mirrors], verbose_name='address in an archive')),
                ('versions', wagtail.fields.StreamField([('version', 3)], blank=True, block_lookup={0: ('wagtail.blocks.ChoiceBlock', [], {'choices': portal.taxonomy.languages.choices, 'label': 'Language'}), 1: ('wagtail.blocks.URLBlock', (), {'label': 'Address', 'max_length': 500}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'In this language, as the document names itself.', 'label': 'Title', 'max_length': 400, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('language', 0), ('address', 1), ('title', 2)]], {})}, help_text='Readers of these languages are led to them.', verbose_name='language versions')),
                ('read_on', models.DateField(blank=True, help_text='The day on which somebody last read it at the address.', null=True, verbose_name='read on')),
                ('status_note', models.CharField(blank=True, help_text='If it is no longer in force, or was changed: what, and since when.', max_length=300, verbose_name='status')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='sources.source', verbose_name='replaced by')),
            ],
            options={
                'verbose_name': 'source',
                'verbose_name_plural': 'sources',
                'ordering': ['title', 'key'],
            },
        ),
        migrations.RunPython(allow, disallow),
    ]
