"""One consultation."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from consultations.calls import corrigenda, freeze, metadata, notices, panels, tabs, zones
from consultations.calls.blocks import DispositionBlock
from consultations.calls.models.before_opening import BeforeOpening
from consultations.calls.models.dockets import next_docket
from consultations.calls.models.queries import ConsultationQuerySet
from consultations.calls.page_forms import ConsultationForm
from consultations.calls.phases import Phase, phase_of
from consultations.calls.timeline import marks
from consultations.questionnaires.blocks import QuestionnaireBlock
from consultations.questionnaires.parsing import questionnaire_of
from consultations.questionnaires.parts import Questionnaire
from consultations.questionnaires.printable import sheet_of
from portal import pango
from portal.cms.blocks import BodyBlock
from portal.cms.models import BasePage
from portal.cms.models.required import Lacking, what_is_lacking
from portal.stakeholders.models import Organisation
from portal.taxonomy.fields import TermsField
from portal.taxonomy.vocabularies import COMMITMENT, GROUP, STAGE, TECHNOLOGY

# The European Commission's standard; opening for less needs a reason that is published.
USUAL_WEEKS = timedelta(weeks=12)
SECOND = timedelta(seconds=1)


# Other models of this room relate to it, and mypy reads it before them.
class ConsultationPage(BeforeOpening, BasePage):  # type: ignore[django-manager-missing]
    """
    One consultation.

    `closes_at` is the exclusive instant at which contributions become late; people read and type
    it as the last minute before (`deadline`). Its phase is `phases.phase_of(page, at)`. `docket`
    is how it is cited; it is given when the page is first saved and never changes.
    """

    docket = models.CharField(_("docket"), max_length=24, unique=True, editable=False)
    background = StreamField(BodyBlock(), verbose_name=_("background"), blank=True)
    host = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="consultations",
        verbose_name=_("consulting body"),
    )
    groups = TermsField(
        GROUP, verbose_name=_("whom it asks first"), help_text=_("Anybody may contribute.")
    )
    commitments = TermsField(COMMITMENT)
    stages = TermsField(STAGE)
    technologies = TermsField(TECHNOLOGY)

    timezone = models.CharField(
        _("time zone"),
        max_length=50,
        default="UTC",
        choices=zones.zone_choices,
        validators=[zones.validate_zone],
        help_text=_("All times of this form are in this zone, and the public reads them in it."),
    )
    opens_at = models.DateTimeField(
        _("opens"),
        help_text=_("In the consultation's own time zone, e.g. 2027-01-31 09:00."),
    )
    closes_at = models.DateTimeField(
        _("deadline"),
        help_text=_(
            "The last minute that is in time, in the consultation's own time zone, "
            "e.g. 2027-04-30 23:59."
        ),
    )
    short_notice_reason = models.TextField(
        _("reason for short notice"),
        max_length=500,
        blank=True,
        help_text=_("Published. Needed where the consultation is open for less than 12 weeks."),
    )
    questionnaire_parts = StreamField(
        QuestionnaireBlock(),
        verbose_name=_("questionnaire"),
        blank=True,
        help_text=_("Frozen when the consultation opens; later changes of words are corrigenda."),
    )
    # Follows from the field above at each save, so that lists and links need not read it.
    asks_questions = models.BooleanField(default=False, editable=False)
    grace_hours = models.PositiveSmallIntegerField(
        _("hours of grace"),
        default=0,
        validators=[MaxValueValidator(72)],
        help_text=_(
            "How long after the deadline a response that was begun in time may still be sent: 0 to "
            "72. Published."
        ),
    )
    code_months = models.PositiveSmallIntegerField(
        _("months for which codes open responses"),
        default=12,
        validators=[MinValueValidator(4), MaxValueValidator(60)],
        help_text=_(
            "Counted from the deadline or the publication of the outcome, whichever is later: 4 to "
            "60. After that no code opens a response any more, and what is kept of codes is "
            "erased. Published. When the consultation has opened, this can only grow."
        ),
    )
    anonymous_allowed = models.BooleanField(
        _("responses without a name"), default=True, help_text=_("People may respond anonymously.")
    )
    publishes_while_open = models.BooleanField(
        _("publication while it is open"),
        default=False,
        help_text=_(
            "Otherwise accepted responses are published together, after the consultation has "
            "closed. Only for a consultation that takes no responses without a name. People are "
            "told that they can change a response until it is published. When the consultation "
            "has opened, this can only be turned off."
        ),
    )
    privacy_note = models.TextField(
        _("privacy note"),
        max_length=2000,
        blank=True,
        help_text=_("People read this before they send, beside what the portal says everywhere."),
    )
    postal_address = models.TextField(
        _("postal address"),
        max_length=400,
        blank=True,
        help_text=_("Where printed forms are sent."),
    )
    discussion_enabled = models.BooleanField(
        _("discussion"), default=True, help_text=_("People may comment while it is open.")
    )
    contact_email = models.EmailField(_("contact e-mail address"), blank=True)

    outcome_summary = models.TextField(
        _("outcome in short"), max_length=300, blank=True, help_text=_("Shown in lists.")
    )
    outcome_text = StreamField(BodyBlock(), verbose_name=_("outcome"), blank=True)
    outcome_published_at = models.DateTimeField(_("outcome published"), null=True, blank=True)
    dispositions = StreamField(
        [("disposition", DispositionBlock())], verbose_name=_("you said, we did"), blank=True
    )
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancel_reason = models.TextField(_("reason for cancelling"), max_length=500, blank=True)

    objects = PageManager.from_queryset(ConsultationQuerySet)()  # type: ignore[django-manager-missing]

    template = "consultations/calls/consultation.html"
    # The one form that a model knows: Wagtail takes a page's editing form from its class.
    base_form_class = ConsultationForm
    parent_page_types: ClassVar = ["calls.ConsultationIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    private_page_options: ClassVar[list[str]] = []
    exclude_fields_in_copy: ClassVar = ["docket"]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("background")]
    content_panels: ClassVar = [*BasePage.content_panels, *panels.CONSULTATION]

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")

    @property
    def deadline(self) -> datetime:
        """Return the last second that is in time (aware): what is shown as the deadline."""
        return self.closes_at - SECOND

    def questionnaire(self) -> Questionnaire:
        """Return what it asks, as plain values; no query. Kept until the parts are set again."""
        stream = self.questionnaire_parts
        if self.__dict__.get("_read_from") is not stream:
            self._read_from, self._questionnaire = stream, questionnaire_of(stream)
        return self._questionnaire

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Gives the docket at the first save: the year of its opening and a running number."""
        if "questionnaire_parts" not in self.get_deferred_fields():
            self.asks_questions = bool(self.questionnaire_parts)
        if self.docket:
            return super().save(*args, **kwargs)
        try:
            with transaction.atomic():
                self.docket = next_docket(zones.wall_time(self.opens_at, self.timezone).year)
                return super().save(*args, **kwargs)
        except Exception:
            self.docket = ""  # not saved, so not given
            raise

    def with_content_json(self, content: dict[str, Any]) -> "ConsultationPage":
        """Return a revision's page; its docket is the row's, even where the page was copied."""
        page = super().with_content_json(content)
        page.docket = self.docket
        return page

    @classmethod
    def obstacle_to_publishing(cls, locale_id: int) -> str:
        """Return why not: nobody is asked anything by people who have not said who they are."""
        if not (lacking := cls.pages_in_the_way(locale_id)):
            return ""
        said = gettext(
            "No consultation is submitted, approved or opened before these pages are complete and "
            "published."
        )
        return " ".join([said, *(f"{each}." for each in lacking)])

    @classmethod
    def pages_in_the_way(cls, locale_id: int) -> list[Lacking]:
        """Return the pages that must say first who asks, and what becomes of what is said."""
        return [] if settings.DEMO else what_is_lacking(locale_id)

    def phase(self, at: datetime | None = None) -> Phase:
        """Return its phase at an aware instant, by default now."""
        return phase_of(self, at or timezone.now())

    def clean(self) -> None:
        super().clean()
        self._keep_extension()
        freeze.keep(self, timezone.now())
        errors = {}
        if self.opens_at and self.closes_at:
            errors.update(self._wrong_dates(self.opens_at, self.closes_at))
        if self.publishes_while_open and self.anonymous_allowed:
            errors["publishes_while_open"] = _(
                "This consultation takes responses without a name. Published one by one, while it "
                "is open, they would tell when they came in. Turn off either this or “responses "
                "without a name”."
            )
        if self.cancelled_at and not self.cancel_reason.strip():
            errors["cancel_reason"] = _("Say why it is cancelled. The reason is published.")
        if self.outcome_published_at and not self.outcome_summary.strip():
            errors["outcome_summary"] = _("Say in short what the outcome is.")
        if errors:
            raise ValidationError(errors)

    def _wrong_dates(self, opens_at: datetime, closes_at: datetime) -> dict[str, Any]:
        """Say what is wrong with the dates, by field."""
        if closes_at <= opens_at:
            return {"closes_at": _("The deadline must be after the opening.")}
        errors = {}
        # By the clock: a change to summer time in between does not make twelve weeks too short.
        span = zones.wall_time(closes_at, self.timezone) - zones.wall_time(opens_at, self.timezone)
        if span < USUAL_WEEKS and not self.short_notice_reason.strip():
            errors["short_notice_reason"] = _(
                "It is open for less than 12 weeks. Say why; the reason is published."
            )
        if self.outcome_published_at and self.outcome_published_at < closes_at:
            errors["outcome_published_at"] = _("An outcome is published after the deadline.")
        return errors

    def _keep_extension(self) -> None:
        """Keep an extension: a draft older than it must not take the time back when published."""
        if self.pk and self.closes_at:
            granted = self.extensions.aggregate(latest=models.Max("new_closes_at"))["latest"]
            if granted and granted > self.closes_at:
                self.closes_at = granted

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        at = timezone.now()
        extensions = list(self.extensions.all()) if self.pk else []
        questionnaire = self.questionnaire()
        context = super().get_context(request, *args, **kwargs)
        context.update(
            phase=self.phase(at),
            marks=marks(self, extensions, at),
            extensions=extensions,
            notes=notices.notes(self, at) if self.pk else [],
            documents=self.documents.select_related("document") if self.pk else [],
            sheet=sheet_of(questionnaire),
            pdf_available=pango.is_installed(),
            corrigenda=(
                corrigenda.shown(self.corrigenda.all(), questionnaire)
                if self.pk and questionnaire
                else []
            ),
            section_items=tabs.links(self) if self.pk else [],
            terms=metadata.terms(self),
        )
        return context

    def linked_data(self) -> dict[str, Any]:
        return metadata.event(self) if self.live and self.pk else {}

    def citation(self) -> dict[str, Any]:
        return metadata.citation(self) if self.live and self.pk else {}

    def changed_at(self) -> datetime | None:
        return metadata.changed_at(self, timezone.now())
