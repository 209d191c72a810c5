"""Whom somebody at risk can ask."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from portal.cms.blocks.look import LookBlock

READ, COPY = "read", "copy"


class HelpLineBlock(blocks.StructBlock):
    """One help line, with the day on which somebody last looked whether it is still so."""

    name = blocks.CharBlock(label=pgettext_lazy("of a thing", "Name"), max_length=120)
    purpose = blocks.CharBlock(
        label=_("What for, and for whom"), max_length=300, help_text=_("One or two sentences.")
    )
    languages = blocks.CharBlock(label=_("Languages"), max_length=200)
    url = blocks.URLBlock(
        label=_("Address"), help_text=_("The page that says how to reach them, not a front page.")
    )
    reach = blocks.CharBlock(
        label=_("Also reached by"),
        max_length=200,
        required=False,
        help_text=_("A telephone number or e-mail address from that page."),
    )
    checked_on = blocks.DateBlock(
        label=_("Checked on"), help_text=_("The day on which you last looked at that page.")
    )
    checked_in = LookBlock(
        label=_("Checked how"),
        choices=[(READ, _("On the page itself")), (COPY, _("In a stored copy of it"))],
        default=READ,
    )

    def get_searchable_content(self, value: Mapping[str, Any]) -> list[str]:
        """Return the words of what is filled in: Wagtail says "None" for what never was."""
        return [
            words
            for name, block in self.child_blocks.items()
            if value.get(name)
            for words in block.get_searchable_content(value[name])
        ]

    class Meta:
        icon = "help"
        label = _("Help line")
        description = _("An organisation that helps people at risk, and when it was checked.")
        template = "cms/blocks/help_line.html"
        preview_template = "cms/block_preview.html"
        preview_value = {
            "name": "A help line",
            "purpose": "Help with a telephone that may be watched, for journalists and activists.",
            "languages": "English, French",
            "url": "https://www.example.org/help/",
            "reach": "",
            "checked_on": date(2026, 3, 2),
            "checked_in": READ,
        }
