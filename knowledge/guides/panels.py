"""How an editor meets a guide: what it says, whom it serves, how long it holds, its files."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)

from knowledge.guides.page_forms import GuideForm
from portal.cms.library.panels import FilesPanel


class OwnerNotice(HelpPanel):
    """Tells that reminders do not reach the owner; nothing where they do, or there is none."""

    def __init__(
        self, content: str = "", template: str = "guides_admin/owner_notice.html", **kwargs: Any
    ) -> None:
        super().__init__(content, template, **kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            unit = self.instance.unit
            return bool(unit and not unit.is_verified)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            url = reverse("wagtailsnippets_guides_owner:edit", args=[self.instance.unit.pk])
            return {**super().get_context_data(parent_context), "owner_url": url}


# A TitleFieldPanel proposes the address as the title is typed.
TEXT = [
    TitleFieldPanel("title"),
    FieldPanel("summary"),
    FieldPanel("body"),
    InlinePanel(
        "titles",
        heading=_("Title and summary in other languages"),
        label=_("language"),
        help_text=_(
            "Shown to readers of these languages until there is a translation of the whole guide. "
            "They are told in which language the text is."
        ),
    ),
    MultiFieldPanel(
        [FieldPanel("change_note"), FieldPanel("is_minor_change")], heading=_("Change note")
    ),
]

FACETS = [
    FieldRowPanel(
        [FieldPanel("document_type"), FieldPanel("level"), FieldPanel("content_language")]
    ),
    FieldPanel("commitments", help_text=_("Its commitment pages will list this guide.")),
    FieldPanel("stages", help_text=_("The stages of an export control that it helps with.")),
    FieldPanel("technologies", help_text=_("Leave open if it holds for any technology.")),
    FieldPanel("audiences"),
    FieldPanel("rights"),
]

PROVENANCE = [
    FieldPanel("unit"),
    OwnerNotice(),
    MultiFieldPanel(
        [FieldPanel("source_title"), FieldPanel("source_url"), FieldPanel("source_date")],
        heading=_("Source"),
    ),
    FieldPanel("legal_status"),
    MultiFieldPanel([FieldPanel("jurisdiction"), FieldPanel("state")], heading=_("Jurisdiction")),
    FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("review_due")], heading=_("Review")),
    InlinePanel(
        "entries",
        heading=_("Control-list entries"),
        label=pgettext_lazy("of a control list", "entry"),
        help_text=_("If one of them changes, the guide has to be reviewed again."),
    ),
    InlinePanel(
        "influences",
        heading=_("Changed because of a consultation"),
        label=_("change"),
        help_text=_("Shown in the guide, at its part, and on the consultation’s page."),
    ),
    InlinePanel(
        "institution_reviews",
        heading=_("Institutions that reviewed it"),
        # Translators: one review of a guide, by an institution.
        label=pgettext_lazy("of a guide", "review"),
        help_text=_("Only with their consent. Readers see the name and the day."),
    ),
    InlinePanel(
        "state_uses",
        heading=_("States that used it"),
        label=pgettext_lazy("of a guide", "use"),
        help_text=_("Shown in the guide and on the state’s page."),
    ),
]

ATTACHED = [
    FieldPanel("further_sources"),
    InlinePanel(
        "documents",
        heading=_("Files"),
        label=_("file"),
        help_text=_("Shown with their type and size."),
    ),
    FilesPanel(),
]


def guide_panels(promote: list[Panel], settings: list[Panel]) -> TabbedInterface:
    """Return the tabs of a guide's form; the panels that every page has are handed in."""
    return TabbedInterface(
        [
            ObjectList(TEXT, heading=_("Text")),
            ObjectList(FACETS, heading=_("Whom it serves")),
            ObjectList(PROVENANCE, heading=_("Source and review")),
            ObjectList(ATTACHED, heading=_("Sources and files")),
            ObjectList(promote, heading=_("Promote")),
            ObjectList(settings, heading=_("Settings")),
        ],
        base_form_class=GuideForm,
    )
