"""A list of sources that no sentence of a guide cites."""

import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0001_guides'),
        ('sources', '0001_library_of_sources'),
    ]

    operations = [
        migrations.AddField(
            model_name='guidepage',
            name='further_sources',
            field=wagtail.fields.StreamField([('source', 0)], blank=True, block_lookup={0: ('wagtail.snippets.blocks.SnippetChooserBlock', ('sources.Source',), {'label': 'Source'})}, help_text='What the guide rests on and no sentence cites, in this order. Sources that sentences cite are listed by themselves.', verbose_name='further sources'),
        ),
    ]
