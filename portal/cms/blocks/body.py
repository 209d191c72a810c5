"""The text of a page, put together from every family."""

from collections import Counter
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.cms.blocks.evidence import CitationsBlock
from portal.cms.blocks.links import RelatedLinksBlock
from portal.cms.blocks.media import DocumentBlock, FigureBlock
from portal.cms.blocks.structure import DetailsBlock, NoticeBlock, StepsBlock, TableBlock
from portal.cms.blocks.text import HeadingBlock, ParagraphBlock, QuoteBlock


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock(group=_("Text"))
    paragraph = ParagraphBlock(group=_("Text"))
    quote = QuoteBlock(group=_("Text"))
    steps = StepsBlock(group=_("Structure"))
    table = TableBlock(group=_("Structure"))
    details = DetailsBlock(group=_("Structure"))
    notice = NoticeBlock(group=_("Structure"))
    figure = FigureBlock(group=_("Media"))
    document = DocumentBlock(group=_("Media"))
    related_links = RelatedLinksBlock(group=_("Links and sources"))
    citations = CitationsBlock(group=_("Links and sources"))

    def clean(self, value: Any) -> Any:
        """Refuse two headings with the same words: neither could be addressed or told apart."""
        value = super().clean(value)
        anchors = Counter(child.value.anchor for child in value if child.block_type == "heading")
        errors = {
            index: ValidationError(_("Another heading on this page reads the same."))
            for index, child in enumerate(value)
            if child.block_type == "heading" and anchors[child.value.anchor] > 1
        }
        if errors:
            raise blocks.StreamBlockValidationError(block_errors=errors)
        return value

    class Meta:
        template = "cms/blocks/body.html"


class ContentsEntry(TypedDict):
    text: str
    href: str


def contents(body: blocks.StreamValue) -> list[ContentsEntry]:
    """List the sections of a body (its h2 headings) with the fragments that address them."""
    return [
        {"text": child.value["text"], "href": f"#{child.value.anchor}"}
        for child in body
        if child.block_type == "heading" and child.value["level"] == "h2"
    ]


def anchors(body: blocks.StreamValue) -> dict[str, str]:
    """Return the anchor of each heading of a body, of whichever level, by its text."""
    headings = (child.value for child in body if child.block_type == "heading")
    return {value["text"].strip(): value.anchor for value in headings}
