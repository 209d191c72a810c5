"""How an editor meets a guide: what it says, whom it serves, how long it holds, its files."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)

from knowledge.guides.page_forms import GuideForm
from portal.cms.library.panels import FilesPanel

# A TitleFieldPanel proposes the address as the title is typed.
TEXT = [
    TitleFieldPanel("title"),
    FieldPanel("summary"),
    FieldPanel("body"),
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
    FieldPanel("owner_unit"),
    MultiFieldPanel(
        [FieldPanel("source_title"), FieldPanel("source_url"), FieldPanel("source_date")],
        heading=_("Source"),
    ),
    MultiFieldPanel([FieldPanel("jurisdiction"), FieldPanel("state")], heading=_("Jurisdiction")),
    FieldRowPanel([FieldPanel("reviewed_on"), FieldPanel("review_due")], heading=_("Review")),
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
