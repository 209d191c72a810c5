"""How an editor meets a consultation: what, when and of whom, the questions, what came of it."""

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

from consultations.calls.page_forms import ConsultationForm
from portal.cms.library.panels import FilesPanel
from portal.cms.panels import ObstaclePanel


class DocketPanel(FieldPanel):
    """The number that it is cited by, once it has one."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance.docket) and bool(super().is_shown())


# A TitleFieldPanel proposes the address as the title is typed.
ABOUT = [
    ObstaclePanel(),
    TitleFieldPanel("title"),
    FieldPanel("summary"),
    DocketPanel("docket", read_only=True, heading=_("Docket")),
    FieldPanel("host"),
    FieldPanel("background"),
    MultiFieldPanel(
        [
            FieldRowPanel(
                [FieldPanel("commitments"), FieldPanel("stages"), FieldPanel("technologies")]
            )
        ],
        _("What it concerns"),
    ),
]

DATES_AND_PEOPLE = [
    MultiFieldPanel(
        [
            FieldPanel("timezone"),
            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            FieldPanel("short_notice_reason"),
            FieldPanel("grace_hours"),
        ],
        _("When"),
    ),
    FieldPanel("groups", heading=_("Whom it asks first")),
    MultiFieldPanel(
        [
            FieldPanel("anonymous_allowed"),
            FieldPanel("publishes_while_open"),
            FieldPanel("discussion_enabled"),
            FieldPanel("code_months"),
            FieldPanel("privacy_note"),
        ],
        _("Taking part"),
    ),
    MultiFieldPanel([FieldPanel("contact_email"), FieldPanel("postal_address")], _("Contact")),
]

QUESTIONS = [FieldPanel("questionnaire_parts")]

DOCUMENTS = [
    InlinePanel("documents", heading=_("Documents"), label=_("Document")),
    FilesPanel(),
]

OUTCOME = [
    MultiFieldPanel(
        [
            FieldPanel("outcome_published_at"),
            FieldPanel("outcome_summary"),
            FieldPanel("outcome_text"),
            FieldPanel("dispositions"),
        ],
        _("Outcome"),
    ),
    MultiFieldPanel([FieldPanel("cancelled_at"), FieldPanel("cancel_reason")], _("Cancelling")),
]


def consultation_panels(promote: list[Panel], settings: list[Panel]) -> TabbedInterface:
    """Return the tabs of a consultation's form; the panels that every page has are handed in."""
    return TabbedInterface(
        [
            ObjectList(ABOUT, heading=_("About")),
            ObjectList(DATES_AND_PEOPLE, heading=_("Dates and people")),
            ObjectList(QUESTIONS, heading=_("Questions")),
            ObjectList(DOCUMENTS, heading=_("Documents")),
            ObjectList(OUTCOME, heading=_("Outcome")),
            ObjectList([*promote, *settings], heading=_("Settings")),
        ],
        base_form_class=ConsultationForm,
    )
