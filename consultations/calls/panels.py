"""How an editor meets a consultation: when, what, whom it asks, what came of it."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from portal.cms.library.panels import FilesPanel
from portal.cms.panels import ObstaclePanel

CONSULTATION = [
    ObstaclePanel(),
    FieldPanel("docket", read_only=True),
    FieldPanel("host"),
    MultiFieldPanel(
        [
            FieldPanel("timezone"),
            FieldPanel("opens_at"),
            FieldPanel("closes_at"),
            FieldPanel("short_notice_reason"),
        ],
        _("When"),
    ),
    FieldPanel("background"),
    FieldPanel("questionnaire_parts"),
    InlinePanel("documents", heading=_("Documents"), label=_("Document")),
    FilesPanel(),
    MultiFieldPanel(
        [
            FieldPanel("groups"),
            FieldPanel("commitments"),
            FieldPanel("stages"),
            FieldPanel("technologies"),
        ],
        _("What and whom it concerns"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("anonymous_allowed"),
            FieldPanel("publishes_while_open"),
            FieldPanel("grace_hours"),
            FieldPanel("code_months"),
            FieldPanel("privacy_note"),
            FieldPanel("discussion_enabled"),
            FieldPanel("contact_email"),
            FieldPanel("postal_address"),
        ],
        _("Taking part"),
    ),
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
