"""What of the portal some people cannot use, as an accessibility statement must say it."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.cms.blocks.look import LookBlock

BREACH, BURDEN, OUTSIDE = "breach", "burden", "outside"
REASONS = [
    (BREACH, _("It does not meet the requirement")),
    (BURDEN, _("Mending it would be a disproportionate burden")),
    (OUTSIDE, _("The law does not ask for it")),
]


class BarrierBlock(blocks.StructBlock):
    """One thing that is not accessible, why, and what people can do instead."""

    what = blocks.CharBlock(
        label=_("What is not accessible"),
        max_length=300,
        help_text=_("Where it is, and who cannot use it."),
    )
    reason = LookBlock(label=_("Why"), choices=REASONS, default=BREACH)
    explanation = blocks.TextBlock(
        label=_("In more words"),
        max_length=600,
        help_text=_("The requirement (say, 1.1.1 of WCAG), and when you will mend it."),
    )
    alternative = blocks.TextBlock(
        label=_("What people can do instead"), max_length=600, help_text=_("If nothing, say so.")
    )

    class Meta:
        icon = "warning"
        label = _("Something that is not accessible")
        description = _("What it is, why, and what people can do instead.")
        template = "cms/blocks/barrier.html"
        preview_template = "cms/block_preview.html"
        preview_value = {
            "what": "Files that people attach to responses, for those who use a screen reader.",
            "reason": OUTSIDE,
            "explanation": "Others made them. We ask for text in place of a file where we can.",
            "alternative": "Write to us, and we send you the text.",
        }
