"""What guides are built from: text in which sources are cited, and the versions of a source."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from portal.cms.blocks import (
    BodyBlock,
    DetailsBlock,
    ParagraphBlock,
    StepsBlock,
    TableBlock,
)
from portal.cms.blocks.structure import StepBlock
from portal.cms.blocks.text import RICH_TEXT_FEATURES
from portal.taxonomy import languages

CITE = "cite"
CITING = [*RICH_TEXT_FEATURES, CITE]


class VersionBlock(blocks.StructBlock):
    """A language in which a source can be read."""

    language = blocks.ChoiceBlock(label=_("Language"), choices=languages.choices)
    address = blocks.URLBlock(label=_("Address"), max_length=500)
    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        max_length=400,
        help_text=_("In this language, as the document names itself."),
    )

    class Meta:
        icon = "globe"
        label = _("Language version")


class CitingStepBlock(StepBlock):
    text = blocks.RichTextBlock(label=_("Text"), features=CITING, required=False)


class CitingStepsBlock(StepsBlock):
    steps = blocks.ListBlock(CitingStepBlock(label=_("Step")), label=_("Steps"), min_num=2)


class CitingDetailsBlock(DetailsBlock):
    text = blocks.RichTextBlock(label=_("Text"), features=CITING)


class CitingTableBlock(TableBlock):
    rich_text = blocks.RichTextBlock(
        label=_("Text with links"), features=["bold", "italic", "link", CITE], required=False
    )


class CitingBodyBlock(BodyBlock):
    """The text of a page whose sentences cite sources: its list of them makes itself."""

    paragraph = ParagraphBlock(group=_("Text"), features=CITING)
    steps = CitingStepsBlock(group=_("Structure"))
    table = CitingTableBlock(group=_("Structure"))
    details = CitingDetailsBlock(group=_("Structure"))
    citations = None  # type: ignore[assignment]  # takes that of the base away


def further_sources_block() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of a list of sources, in an editor's order."""
    return [("source", SnippetChooserBlock("sources.Source", label=_("Source")))]
