"""The text of a guide, and the fragments that address its parts."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from knowledge.guides.blocks.media import DrawingBlock, GuideDocumentBlock, GuideFigureBlock
from knowledge.guides.blocks.structure import (
    ChecklistBlock,
    DecisionListBlock,
    GuideStepsBlock,
    GuideTableBlock,
    NotSettledBlock,
    OutcomesBlock,
)
from knowledge.guides.blocks.teaching import CaseBlock, ExerciseBlock, SlidesBlock
from knowledge.guides.blocks.text import GuideQuoteBlock, ModelTextBlock
from knowledge.sources.blocks import CitingBodyBlock

# What runs on as text: a heading has an anchor of its own, the others need none.
RUNNING = {"heading", "paragraph", "notice", "related_links"}


class Part(NamedTuple):
    """A block of a text, the fragment that addresses it ("" for none) and its name."""

    child: Any
    anchor: str
    name: str


class GuideBodyBlock(CitingBodyBlock):
    """The text of a guide."""

    quote = GuideQuoteBlock(group=_("Text"))
    model_text = ModelTextBlock(group=_("Text"))
    steps = GuideStepsBlock(group=_("Structure"))
    checklist = ChecklistBlock(group=_("Structure"))
    decision = DecisionListBlock(group=_("Structure"))
    table = GuideTableBlock(group=_("Structure"))
    not_settled = NotSettledBlock(group=_("Structure"))
    outcomes = OutcomesBlock(group=_("Learning"))
    case = CaseBlock(group=_("Learning"))
    exercise = ExerciseBlock(group=_("Learning"))
    slides = SlidesBlock(group=_("Learning"))
    figure = GuideFigureBlock(group=_("Media"))
    drawing = DrawingBlock(group=_("Media"))
    document = GuideDocumentBlock(group=_("Media"))

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["body_parts"] = list(parts(value))
        return context

    class Meta:
        template = "knowledge/guides/blocks/body.html"


def parts(body: Any) -> Iterator[Part]:
    """
    Yield the blocks of a text with the fragments that address them.

    A fragment is of the kind and the title, which readers see, or of the key that the block keeps.
    """
    taken = {each.value.anchor for each in body if each.block_type == "heading"}
    for at, child in enumerate(body, 1):
        if child.block_type in RUNNING:
            yield Part(child, "", "")
            continue
        kind, key = child.block_type.replace("_", "-"), (child.id or str(at))[:8]
        title = _title(child.value)
        anchor = f"{kind}-{slugify(title, allow_unicode=True)[:60].strip('-') or key}"
        if anchor in taken:
            anchor = f"{kind}-{key}"
        taken.add(anchor)
        yield Part(child, anchor, title or str(child.block.label))


def _title(value: Any) -> str:
    if isinstance(value, Mapping):
        return value.get("title") or value.get("caption") or ""
    return getattr(value, "caption", "") or ""
