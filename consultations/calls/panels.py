"""How an editor meets a consultation: what, when and of whom, the questions, what came of it."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
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

from consultations.calls.page_forms import ConsultationForm, ZoneInput
from consultations.calls.texts.progress import progress
from portal.cms.library.panels import FilesPanel
from portal.cms.panels import ObstaclePanel
from portal.languages.lists import in_words
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


class TextsPanel(Panel):
    """The languages, with how far the text of the consultation is in each."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "calls_admin/texts_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the languages."""
            context = super().get_context_data(parent_context)
            return {**context, "page": self.instance, "progress": progress(self.instance)}


def _told(each: DayOff) -> dict[str, Any]:
    """Return a day as the warning says it: with the names of States where these are few."""
    states = [name_of(code) for code in each.countries]
    return {
        "day": each.day,
        "name": each.name,
        "states": in_words(states) if len(states) <= FEW_STATES else "",
        "number": len(states),
    }


BEFORE_OPENING = MultiFieldPanel(
    [
        FieldPanel("decided_already"),
        FieldPanel("can_change"),
        FieldPanel("who_decides"),
        FieldPanel("asked_states"),
    ],
    _("Before it opens"),
)


class DocketPanel(FieldPanel):
    """The number that it is cited by, once it has one."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance.docket) and bool(super().is_shown())


# A TitleFieldPanel proposes the address as the title is typed.
ABOUT = [
    ObstaclePanel(),
    InterestsPanel(),
    TitleFieldPanel("title"),
    FieldPanel("summary"),
    # Translators: as in the glossary: the file of one consultation, and its number.
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
    TextsPanel(heading=_("Texts in other languages")),
]

DATES_AND_PEOPLE = [
    MultiFieldPanel(
        [
            FieldPanel("timezone", widget=ZoneInput),
            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            FieldPanel("short_notice_reason"),
            FieldPanel("grace_hours"),
        ],
        _("When"),
    ),
    PeriodPanel(),
    BEFORE_OPENING,
    FieldPanel("groups", heading=_("Whom it asks first")),
    MultiFieldPanel(
        [
            FieldPanel("anonymous_allowed"),
            FieldPanel("asks_on_behalf"),
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
            ObjectList(
                ABOUT, heading=pgettext_lazy("a tab: what a consultation is about", "About")
            ),
            ObjectList(DATES_AND_PEOPLE, heading=_("Dates and people")),
            ObjectList(QUESTIONS, heading=_("Questions")),
            ObjectList(DOCUMENTS, heading=_("Documents")),
            ObjectList(OUTCOME, heading=_("Outcome")),
            ObjectList([*promote, *settings], heading=_("Settings")),
        ],
        base_form_class=ConsultationForm,
    )
