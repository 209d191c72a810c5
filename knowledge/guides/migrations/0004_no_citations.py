"""Citations are sources now: the field goes, and the block in the text."""

import wagtail.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('guides', '0003_citations_become_sources'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='guidepage',
            name='citations',
        ),
        migrations.AlterField(
            model_name='guidepage',
            name='body',
            field=wagtail.fields.StreamField([('heading', 2), ('paragraph', 3), ('quote', 7), ('steps', 12), ('table', 16), ('details', 19), ('notice', 22), ('figure', 26), ('document', 29), ('related_links', 36)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Text', 'max_length': 120}), 1: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('h2', 'Section'), ('h3', 'Part of a section')], 'label': 'Level'}), 2: ('wagtail.blocks.StructBlock', [[('text', 0), ('level', 1)]], {'group': 'Text'}), 3: ('portal.cms.blocks.text.ParagraphBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul', 'document-link', 'cite'], 'group': 'Text'}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'Quotation'}), 5: ('wagtail.blocks.CharBlock', (), {'help_text': 'A person, a body or a document.', 'label': 'Whose words', 'max_length': 200}), 6: ('wagtail.blocks.URLBlock', (), {'label': 'Where it can be read', 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('text', 4), ('attribution', 5), ('source', 6)]], {'group': 'Text'}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Step', 'max_length': 120}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul', 'document-link', 'cite'], 'label': 'Text', 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('title', 8), ('text', 9)]], {'label': 'Step'}), 11: ('wagtail.blocks.ListBlock', (10,), {'label': 'Steps', 'min_num': 2}), 12: ('wagtail.blocks.StructBlock', [[('steps', 11)]], {'group': 'Structure'}), 13: ('wagtail.blocks.CharBlock', (), {'label': 'Words', 'required': False}), 14: ('wagtail.blocks.DecimalBlock', (), {'label': 'Number', 'required': False}), 15: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'cite'], 'label': 'Text with links', 'required': False}), 16: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 13), ('number', 14), ('rich_text', 15)]], {'group': 'Structure'}), 17: ('wagtail.blocks.CharBlock', (), {'label': 'What it is about', 'max_length': 120}), 18: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul', 'document-link', 'cite'], 'label': 'Text'}), 19: ('wagtail.blocks.StructBlock', [[('title', 17), ('text', 18)]], {'group': 'Structure'}), 20: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('info', 'Note'), ('warning', 'Warning')], 'label': 'Kind'}), 21: ('wagtail.blocks.TextBlock', (), {'label': 'Text'}), 22: ('wagtail.blocks.StructBlock', [[('tone', 20), ('text', 21)]], {'group': 'Structure'}), 23: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Image'}), 24: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 300, 'required': False}), 25: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('whole', 'Whole'), ('wide', 'Wide, cut around the focal point')], 'label': 'Shape'}), 26: ('wagtail.blocks.StructBlock', [[('image', 23), ('caption', 24), ('crop', 25)]], {'group': 'Media'}), 27: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Document'}), 28: ('wagtail.blocks.CharBlock', (), {'help_text': "The document's own title is used where this is empty.", 'label': 'Link text', 'required': False}), 29: ('wagtail.blocks.StructBlock', [[('document', 27), ('title', 28)]], {'group': 'Media'}), 30: ('wagtail.blocks.CharBlock', (), {'default': 'Related', 'label': 'Title', 'max_length': 120}), 31: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page of this portal', 'required': False}), 32: ('wagtail.blocks.URLBlock', (), {'label': 'Or an address elsewhere', 'required': False}), 33: ('wagtail.blocks.CharBlock', (), {'help_text': "Needed for an address elsewhere; a page's own title is used otherwise.", 'label': 'Link text', 'required': False}), 34: ('wagtail.blocks.StructBlock', [[('page', 31), ('url', 32), ('text', 33)]], {}), 35: ('wagtail.blocks.ListBlock', (34,), {'label': 'Links', 'min_num': 1}), 36: ('wagtail.blocks.StructBlock', [[('title', 30), ('links', 35)]], {'group': 'Links and sources'})}, verbose_name='text'),
        ),
    ]
