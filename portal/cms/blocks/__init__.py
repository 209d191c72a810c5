"""
What editors build a page's text from, one module a family.

Nothing here lets an editor write raw HTML or embed another site: neither would pass the content
security policy, and an embed is a request to a third party.
"""

from portal.cms.blocks.body import BodyBlock, anchors, contents
from portal.cms.blocks.evidence import CitationBlock, CitationsBlock
from portal.cms.blocks.links import LinkBlock, RelatedLinksBlock
from portal.cms.blocks.media import DocumentBlock, FigureBlock
from portal.cms.blocks.structure import DetailsBlock, NoticeBlock, StepsBlock, TableBlock
from portal.cms.blocks.text import HeadingBlock, ParagraphBlock, QuoteBlock

__all__ = [
    "BodyBlock",
    "CitationBlock",
    "CitationsBlock",
    "DetailsBlock",
    "DocumentBlock",
    "FigureBlock",
    "HeadingBlock",
    "LinkBlock",
    "NoticeBlock",
    "ParagraphBlock",
    "QuoteBlock",
    "RelatedLinksBlock",
    "StepsBlock",
    "TableBlock",
    "anchors",
    "contents",
]
