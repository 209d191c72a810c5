"""How an editor meets a consultation: when, what, whom it asks, what came of it."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, Panel

from portal.cms.library.panels import FilesPanel
from portal.cms.panels import ObstaclePanel
from portal.stakeholders.countries import name_of
from portal.taxonomy.holidays import DayOff

FEW_STATES = 4


class PeriodPanel(Panel):
    """A warning, and no refusal: on which days within its time those asked are away or vote."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "calls_admin/period.html"

        class Media:
            css: ClassVar = {"all": ("calls/editor.css",)}

        def is_shown(self) -> bool:
            return bool(self.instance.days_off() or self.instance.elections())

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Name first what weighs most: days of half of those asked, near the end of a fifth."""
            context = super().get_context_data(parent_context)
            asked, late = len(self.instance.states_asked()), self.instance.last_weeks()
            days = self.instance.days_off()
            heavy = [
                each
                for each in days
                if len(each.countries) * (5 if each.day >= late else 2) >= asked
            ]
            return {
                **context,
                "asked": asked,
                "heavy": [_told(each) for each in heavy],
                "other": [_told(each) for each in days if each not in heavy],
                "elections": self.instance.elections(),
            }


class InterestsPanel(Panel):
    """The interests that stand, for whoever writes the page or approves it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "calls_admin/interested.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and self.instance.interests.in_force().exists()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add who declared what, and whether the reader did."""
            context = super().get_context_data(parent_context)
            interests = list(self.instance.interests.in_force().select_related("person"))
            mine = any(each.person_id == self.request.user.pk for each in interests)
            return {**context, "page": self.instance, "interests": interests, "is_mine": mine}


def _told(each: DayOff) -> dict[str, Any]:
    """Return a day as the warning says it: with the names of States where these are few."""
    states = [name_of(code) for code in each.countries]
    return {
        "day": each.day,
        "name": each.name,
        "states": ", ".join(states) if len(states) <= FEW_STATES else "",
        "number": len(states),
    }


BEFORE_OPENING = MultiFieldPanel(
    [
        # A draft is saved without them; it is not submitted without them.
        FieldPanel("decided_already", required_on_save=False),
        FieldPanel("can_change", required_on_save=False),
        FieldPanel("who_decides", required_on_save=False),
        FieldPanel("asked_states"),
    ],
    _("Before it opens"),
)

CONSULTATION = [
    ObstaclePanel(),
    InterestsPanel(),
    PeriodPanel(),
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
    BEFORE_OPENING,
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
            FieldPanel("asks_on_behalf"),
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
