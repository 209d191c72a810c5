"""Text to learn with: a case, an exercise with its answer, slides with notes."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from knowledge.guides.blocks.text import INLINE
from knowledge.sources.blocks import CITE, CITING
from portal.cms.blocks.look import LookBlock

INVENTED, REAL = "invented", "real"


class CaseBlock(blocks.StructBlock):
    """A case, which says whether it took place."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    origin = LookBlock(
        label=_("Did it take place?"),
        choices=[(INVENTED, _("No, it is fictional")), (REAL, _("Yes, it took place"))],
        help_text=_("Readers are told. Never mix the two in one box."),
    )
    facts = blocks.RichTextBlock(label=_("Facts"), features=CITING)
    question = blocks.RichTextBlock(label=_("Question"), features=CITING, required=False)
    follows = blocks.RichTextBlock(label=_("What follows"), features=CITING, required=False)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Case")
        description = _("Facts, a question, what follows. It says whether it is fictional.")
        template = "knowledge/guides/blocks/case.html"
        preview_template = "cms/block_preview.html"
        preview_value = {
            "title": "Cameras for a festival",
            "origin": INVENTED,
            "facts": "<p>A city orders four hundred cameras for three weeks.</p>",
            "question": "<p>What would you ask?</p>",
            "follows": "<p>The contract runs for ten years. Ask why.</p>",
        }


class ExerciseBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False, default="")
    minutes = blocks.IntegerBlock(label=_("Minutes"), required=False, min_value=1, max_value=600)
    question = blocks.RichTextBlock(label=_("Question"), features=CITING)
    answer = blocks.RichTextBlock(
        label=_("Answer"), features=CITING, help_text=_("Folded until the reader opens it.")
    )

    class Meta:
        icon = "edit"
        label = _("Exercise")
        description = _("A question to answer alone, and the answer, folded until it is opened.")
        template = "knowledge/guides/blocks/exercise.html"
        preview_template = "cms/block_preview.html"
        preview_value = {
            "title": "Twenty readers",
            "minutes": 15,
            "question": "<p>Which fact is missing?</p>",
            "answer": "<p>Who opens the telephones.</p>",
        }


class SlideBlock(blocks.StructBlock):
    """A slide with what its speaker says."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    minutes = blocks.IntegerBlock(label=_("Minutes"), required=False, min_value=1, max_value=600)
    points = blocks.RichTextBlock(
        label=_("Points"), features=["ul", "bold", "italic", "link", CITE]
    )
    notes = blocks.RichTextBlock(
        label=_("Notes for the speaker"), features=[*INLINE, "ul", "ol"], required=False
    )

    class Meta:
        icon = "desktop"
        label = _("Slide")


class SlidesBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False, default="")
    entries = blocks.ListBlock(SlideBlock(), label=_("Slides"), min_num=1)

    class Meta:
        icon = "desktop"
        label = _("Slides")
        description = _("The slides of a lesson as a numbered list, with notes for the speaker.")
        template = "knowledge/guides/blocks/slides.html"
        preview_template = "cms/block_preview.html"
        preview_value = {
            "title": "The lesson",
            "entries": [
                {
                    "title": "Four questions",
                    "minutes": 15,
                    "points": "<ul><li>What can it do?</li></ul>",
                    "notes": "<p>Read them aloud.</p>",
                }
            ],
        }
