"""Words to take over: a model text with blanks, and a quotation with its source."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup
from wagtail import blocks
from wagtail.rich_text import RichText, expand_db_html

from knowledge.sources.blocks import CITE, CITING
from portal.cms.blocks import QuoteBlock

# What a sentence or two may hold: no lists.
INLINE = ["bold", "italic", "link", CITE]
BETWEEN = re.compile(r"</p>\s*<p\b[^>]*>")
PARAGRAPH = re.compile(r"</?p\b[^>]*>")


def inline(text: RichText) -> Markup:
    """Return a text as it stands within a line: its paragraphs are lines."""
    return Markup(PARAGRAPH.sub("", BETWEEN.sub("<br>", expand_db_html(text.source))))  # noqa: S704 - it was HTML


class ModelTextBlock(blocks.StructBlock):
    """A letter, a clause or a form with blanks that its reader fills."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(
        label=_("Text"),
        features=CITING,
        help_text=_("Blanks stand in square brackets, such as [name of the authority]."),
    )

    class Meta:
        icon = "form"
        label = _("Model text")
        description = _("A letter, a clause or a form to take over, with blanks to fill.")
        template = "knowledge/guides/blocks/model_text.html"
        preview_template = "cms/block_preview.html"
        preview_value = {
            "title": "Letter that asks for the end user",
            "text": "<p>[Name of the authority], [date]<br/>To: [applicant]</p>"
            "<p>Please name the unit that will operate [item].</p>",
        }


class GuideQuoteBlock(QuoteBlock):
    """Somebody's own words, with the place where they stand."""

    attribution = blocks.CharBlock(
        label=_("Whose words"),
        help_text=_("A person, a body or a document."),
        max_length=200,
        required=False,
        default="",
    )
    source = blocks.URLBlock(label=_("Where it can be read"), required=False, default="")
    cited = blocks.RichTextBlock(
        label=_("Source"),
        features=[CITE],
        required=False,
        help_text=_("Press “Cite a source” and say where in it the words stand."),
    )

    def clean(self, value: Any) -> Any:
        """Refuse a quotation that says nowhere where its words can be read; a draft may."""
        value = super().clean(value)
        if not (self.is_deferred_validation or value["source"] or value["cited"].source):
            told = __("Cite the source of these words, or give the address where they stand.")
            raise blocks.StructBlockValidationError({"cited": ValidationError(told)})
        return value

    class Meta:
        template = "knowledge/guides/blocks/quote.html"
        preview_value = {
            "text": "Ask early, and write down the answer.",
            "attribution": "A licensing officer",
            "source": "https://www.example.org/",
            "cited": "",
        }
