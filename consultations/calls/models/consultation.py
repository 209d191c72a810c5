"""One consultation."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from consultations.calls import corrigenda, metadata, notices, panels, tabs, zones
from consultations.calls.blocks import DispositionBlock
from consultations.calls.models.dockets import next_docket
from consultations.calls.models.in_several_languages import InSeveralLanguages
from consultations.calls.models.queries import ConsultationQuerySet
from consultations.calls.page_forms import CopyAsDraftForm
from consultations.calls.phases import Phase, phase_of
from consultations.calls.publishing import completeness, freeze, opening
from consultations.calls.texts.listing import EXTENSIONS
from consultations.calls.texts.notes import language_notes
from consultations.calls.texts.reading import own_words
from consultations.calls.timeline import line
from consultations.questionnaires.blocks import QuestionnaireBlock
from consultations.questionnaires.parsing import questionnaire_of
from consultations.questionnaires.parts import Questionnaire
from consultations.questionnaires.printable import sheet_of
from portal.cms.blocks import BodyBlock
from portal.cms.models import BasePage
from portal.cms.models.required import Lacking, what_is_lacking
from portal.cms.sharing.drawing import SharingCard
from portal.cms.wings.influences import changes_from
from portal.pdf import pango
from portal.stakeholders.models import Organisation
from portal.taxonomy.fields import TermsField
from portal.taxonomy.vocabularies import COMMITMENT, GROUP, STAGE, TECHNOLOGY

SECOND = timedelta(seconds=1)


# Other models of this room relate to it, and mypy reads it before them.
class ConsultationPage(InSeveralLanguages):  # type: ignore[django-manager-missing]
    """
    One consultation.

    `closes_at` is the exclusive instant at which contributions become late; people read and type
    it as the last minute before (`deadline`). When it opens, `opening` says. Its phase is
    `phases.phase_of(page, at)`. `docket` is how it is cited; it is given when the page is first
    saved with an opening, and never changes. A draft may lack these and its host; what is live has
    them, and other rooms read them as such.
    """

    # Null until it is given, since two drafts could not both have "".
    docket: "models.CharField[str | None, str]" = models.CharField(  # type: ignore[misc]  # noqa: DJ001
        _("docket"), max_length=24, unique=True, null=True, editable=False
    )
    background = StreamField(BodyBlock(), verbose_name=_("background"), blank=True)
    host: "models.ForeignKey[Organisation | None, Organisation]" = models.ForeignKey(  # type: ignore[misc]
        Organisation,
        models.PROTECT,
        null=True,
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
    opens_at: "models.DateTimeField[datetime | None, datetime]" = models.DateTimeField(  # type: ignore[misc]
        _("opens"),
        null=True,
        help_text=_(
            "In the consultation's own time zone, e.g. 2027-01-31 09:00. It never opens before it "
            "is published."
        ),
    )
    closes_at: "models.DateTimeField[datetime | None, datetime]" = models.DateTimeField(  # type: ignore[misc]
        _("deadline"),
        null=True,
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
    page_description = _("Asks the public: its questions, its deadline, and what came of it.")
    parent_page_types: ClassVar = ["calls.ConsultationIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    private_page_options: ClassVar[list[str]] = []
    needed_to_publish: ClassVar = ("summary", "background")
    # A copy asks anew: it has none of the life of the one that it was made from.
    exclude_fields_in_copy: ClassVar = [
        *("docket", "opens_at", "closes_at", "short_notice_reason", "go_live_at", "expire_at"),
        *("outcome_published_at", "outcome_summary", "outcome_text", "dispositions"),
        *("cancelled_at", "cancel_reason", "text_languages"),
    ]
    copy_form_class = CopyAsDraftForm
    search_fields: ClassVar = [
        *BasePage.search_fields,
        index.SearchField("background"),
        index.FilterField("closes_at"),  # the admin's list of consultations stands in this order
    ]
    edit_handler = panels.consultation_panels(BasePage.promote_panels, BasePage.settings_panels)

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

    def show_questionnaire(self, questionnaire: Questionnaire) -> None:
        """Have it ask in these words, until the parts are set again."""
        self._read_from, self._questionnaire = self.questionnaire_parts, questionnaire

    def save(self, *args: Any, clean: bool = True, **kwargs: Any) -> None:
        """
        Give the docket at the first save with an opening, and the opening at the publication.

        A docket is the year of the opening and a running number.
        """
        if "questionnaire_parts" not in self.get_deferred_fields():
            self.asks_questions = bool(self.questionnaire_parts)
        if kwargs.get("update_fields") is None and opening.is_publication(self):
            if clean:  # as it was planned
                self.full_clean()
            self.opens_at, clean = opening.opening_of(self, self.last_published_at), False
        kwargs["clean"] = clean
        if self.docket or not self.opens_at:
            return super().save(*args, **kwargs)
        try:
            with transaction.atomic():
                self.docket = next_docket(zones.wall_time(self.opens_at, self.timezone).year)
                return super().save(*args, **kwargs)
        except Exception:
            self.docket = None  # not saved, so not given
            raise

    def with_content_json(self, content: dict[str, Any]) -> "ConsultationPage":
        """
        Return a revision's page; its docket is the row's, even where the page was copied.

        So is its opening once it has opened: what a revision says of it was a plan.
        """
        page = super().with_content_json(content)
        page.docket = self.docket
        page.text_languages = self.text_languages
        if self.live and self.phase() is not Phase.SCHEDULED:
            page.opens_at = self.opens_at
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
        if self.publishes_while_open and self.anonymous_allowed:
            errors["publishes_while_open"] = _(
                "This consultation takes responses without a name. Published one by one, while it "
                "is open, they would tell when they came in. Turn off either this or “responses "
                "without a name”."
            )
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            errors["closes_at"] = _("The deadline must be after the opening.")
        elif self._outcome_comes_early():
            errors["outcome_published_at"] = _("An outcome is published after the deadline.")
        if errors:
            raise ValidationError(errors)

    def _outcome_comes_early(self) -> bool:
        if not self.outcome_published_at or not self.closes_at:
            return False
        return self.outcome_published_at < self.closes_at

    def missing(self, at: datetime) -> dict[str, Any]:
        """Say what it lacks, and which of its dates could not be kept if it went live at `at`."""
        return {**super().missing(at), **completeness.missing(self, at)}

    def _keep_extension(self) -> None:
        """Keep an extension: a draft older than it must not take the time back when published."""
        if self.pk and self.closes_at:
            granted = self.extensions.aggregate(latest=models.Max("new_closes_at"))["latest"]
            if granted and granted > self.closes_at:
                self.closes_at = granted

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        at = timezone.now()
        extended = self.pk and self.carries("extensions")
        extensions = own_words(self, EXTENSIONS, self.extensions.all()) if extended else []
        corrected = self.pk and self.carries("corrigenda")
        documented = self.pk and self.carries("documents")
        questionnaire = self.questionnaire()
        context = super().get_context(request, *args, **kwargs)
        context.update(
            phase=self.phase(at),
            came_of_it=changes_from(self.docket) if self.docket else [],
            line=line(self, extensions, at),
            extensions=extensions,
            notes=notices.notes(self, at) if self.pk else [],
            documents=self.documents.select_related("document") if documented else [],
            sheet=sheet_of(questionnaire),
            pdf_available=pango.is_installed(),
            corrigenda=corrigenda.shown(self) if corrected and questionnaire else [],
            section_items=tabs.links(self) if self.pk else [],
            language_notes=language_notes(self),
            terms=metadata.terms(self),
        )
        return context

    def linked_data(self) -> dict[str, Any]:
        return metadata.event(self) if self.live and self.pk else {}

    def sharing_card(self) -> SharingCard:
        return metadata.sharing_card(self, timezone.now())

    def citation(self) -> dict[str, Any]:
        return metadata.citation(self) if self.live and self.pk else {}

    def changed_at(self) -> datetime | None:
        return metadata.changed_at(self, timezone.now())
