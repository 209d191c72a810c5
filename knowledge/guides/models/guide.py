"""Guides: what is known to be good practice, by whom, and until when."""

from datetime import date, datetime
from typing import Any, ClassVar, cast

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from knowledge.control_lists.models import EntryVersion, ListEntry
from knowledge.guides import kinds, metadata, panels
from knowledge.guides.blocks import GuideBodyBlock
from knowledge.guides.facets import index_href, term_groups
from knowledge.guides.models.noted_change import NotedChange
from knowledge.guides.models.owner import Owner
from knowledge.guides.models.serving import RowsBrought
from knowledge.guides.models.titles import HeadedInLanguages
from knowledge.guides.parts import parts_of
from knowledge.guides.queries import GuideQuerySet
from knowledge.sources.blocks import further_sources_block
from knowledge.sources.citations import Rested, lacking, numbered, sources_of
from knowledge.sources.formats import FORMS
from portal.cms.blocks import contents
from portal.cms.jinja import language_name
from portal.cms.models import BasePage, TwoPersonPage
from portal.cms.models.cited import CitedPage
from portal.cms.sharing.drawing import SharingCard
from portal.cms.shelves import LevelFact, Teaser
from portal.stakeholders.models import State
from portal.taxonomy.fields import TermField, TermsField
from portal.taxonomy.vocabularies import (
    AUDIENCE,
    COMMITMENT,
    DOCUMENT_TYPE,
    LANGUAGE,
    LEVEL,
    RIGHT,
    STAGE,
    TECHNOLOGY,
)
from portal.web.addresses import href

# Kinds of document that others act upon: their citations name an article, a page or a principle.
NAMES_PLACES = ("law", "guidance", "best-practice")

GuideManager = PageManager.from_queryset(GuideQuerySet)


class GuidePage(HeadedInLanguages, NotedChange, RowsBrought, CitedPage, TwoPersonPage):
    """
    One piece of good practice with its source, its owner and the day its review is due.

    Published only after a second person's approval. Terms are lists of keys; reading by term goes
    through the search card.
    """

    body = StreamField(GuideBodyBlock(), verbose_name=_("text"), blank=True)

    document_type = TermField(DOCUMENT_TYPE)
    commitments = TermsField(COMMITMENT)
    stages = TermsField(STAGE)
    technologies = TermsField(TECHNOLOGY)
    audiences = TermsField(AUDIENCE)
    rights = TermsField(RIGHT)
    level = TermField(
        LEVEL, help_text=_("What a control system has when this becomes useful to it.")
    )
    content_language = TermField(LANGUAGE, default="en", help_text=_("The language of the text."))

    # Nullable for drafts alone: it is required to publish. `owner` is Wagtail's: who made the page.
    unit = models.ForeignKey(
        Owner,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("owner"),
        help_text=_("The unit that answers for this guide and reviews it."),
    )
    jurisdiction = models.CharField(
        _("jurisdiction"),
        max_length=200,
        help_text=_("Where it applies and how far it binds, e.g. “European Union (not binding)”."),
    )
    state = models.ForeignKey(
        State,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("state"),
        help_text=_("If it is the law or practice of one state: listed on that state’s page."),
    )
    legal_status = models.CharField(
        _("what it is in law"),
        max_length=300,
        blank=True,
        help_text=_("One line, e.g. “Advice of the secretariat. It binds nobody.”"),
    )
    source_title = models.CharField(
        _("source"), max_length=400, help_text=_("The document that this guide rests on.")
    )
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    source_date = models.CharField(
        _("date of the source"),
        max_length=60,
        blank=True,
        help_text=_("As exact as the source is: “2018” or “30 September 2020”."),
    )
    further_sources = StreamField(
        further_sources_block(),
        verbose_name=_("further sources"),
        blank=True,
        help_text=_(
            "What the guide rests on and no sentence cites, in this order. Sources that sentences "
            "cite are listed by themselves."
        ),
    )
    # Nullable for drafts alone: both are required to publish.
    reviewed_on = models.DateField(_("last reviewed"), null=True)
    review_due = models.DateField(
        _("next review"), null=True, help_text=_("Readers are told when this day has passed.")
    )

    objects = GuideManager()

    page_description = _("One piece of good practice with its source and the day of its review.")
    parent_page_types: ClassVar = ["guides.GuideIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    needed_to_publish: ClassVar = ("summary", "body")
    template = "knowledge/guides/guide.html"
    withdrawn_template: ClassVar[str] = "knowledge/guides/withdrawn.html"
    edit_handler = panels.guide_panels(BasePage.promote_panels, BasePage.settings_panels)
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    def come_into_language(self, language: str) -> None:
        self.content_language = language
        self.titles.set([])  # the original keeps them

    def nearby_href(self) -> str:
        return href([("stage", stage) for stage in self.stages], index_href())

    def clean(self) -> None:
        super().clean()
        if self.reviewed_on and self.review_due and self.review_due <= self.reviewed_on:
            raise ValidationError(
                {"review_due": _("The next review must come after the last one.")}
            )

    def missing(self, at: datetime) -> dict[str, Any]:
        """Say by field what it lacks: places in sources, and what its kind of guide asks for."""
        found = super().missing(at)
        raw = self.body.get_prep_value()
        told = lacking(raw, need_places=self.document_type in NAMES_PLACES)
        if raw:
            told += kinds.lacking(raw, self.document_type, self._published_text())
        if told:
            found["body"] = " ".join([found[name] for name in ("body",) if name in found] + told)
        if kinds.needs_legal_status(self.document_type) and not self.legal_status.strip():
            found["legal_status"] = gettext("Say in one line what this is in law: what it binds.")
        if note := self.lacks_note():
            found["change_note"] = note
        return found

    def _published_text(self) -> list[dict[str, Any]] | None:
        """Return what is kept of the text that readers have; None of another kind, or of none."""
        there = GuidePage.objects.filter(pk=self.pk, live=True, document_type=self.document_type)
        before = there.only("body").first()
        return before.body.get_prep_value() if before else None

    @cached_property
    def ended(self) -> Any | None:
        """Return its `GuideEnd`; None where it holds, or was taken down without more."""
        return None if self.live else getattr(self, "end", None)

    def serve(
        self, request: HttpRequest, *args: Any, is_withdrawn: bool = False, **kwargs: Any
    ) -> HttpResponse:
        """Show the guide, or what became of it."""
        if is_withdrawn and self.ended and (answer := self.ended.answer(request)):
            return cast(HttpResponse, answer)
        return super().serve(request, *args, is_withdrawn=is_withdrawn, **kwargs)

    @transaction.atomic
    def publish(self, *args: Any, **kwargs: Any) -> Any:
        """Publish a revision; what follows from it (`versions.actions`) stands or falls with it."""
        return super().publish(*args, **kwargs)

    @cached_property
    def sources(self) -> Rested:
        """Return what the guide rests on, in one query; in none where it cites nothing."""
        further = [each["value"] for each in self.further_sources.get_prep_value()]
        return sources_of(self.body.get_prep_value(), [each for each in further if each])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the parts of the guide's page; files and change notes in one query each."""
        context = super().get_context(request, *args, **kwargs)
        context.update(
            contents=contents(self.body),
            numbered=numbered,
            forms=FORMS.values(),
            documents=self.rows("documents", "document"),
            changes=self.rows("changes"),
            term_groups=term_groups(self),
            overdue=self.is_overdue(timezone.localdate()),
            changed_entries=self.changed_entries(timezone.localdate()),
            parts=parts_of(self, request),
            related=[guide.entry() for guide in GuidePage.objects.related_to(self)],
        )
        return context

    @cached_property
    def list_entries(self) -> list[ListEntry]:
        """Return the control-list entries that it is about, with their versions."""
        found = [each.entry for each in self.rows("entries", "entry")]
        models.prefetch_related_objects(found, "versions")
        return found

    def changed_entries(self, on: date) -> list[tuple[ListEntry, EntryVersion]]:
        """Return the entries that have had another text since the last review, by the day `on`."""
        changes = [(each, each.changed_since(self.reviewed_on, on)) for each in self.list_entries]
        return [(entry, version) for entry, version in changes if version and self.reviewed_on]

    @property
    def owner_unit(self) -> str:
        """Return the name of the unit that answers for the guide; "" in a draft without one."""
        return self.unit.unit if self.unit else ""

    written_in = property(lambda self: self.content_language)  # whatever home page it stands under

    def entry(self, title: str = "", summary: str = "") -> Teaser:
        """Return the guide in a list; a search hands in title and summary with its marks."""
        reviewed = date_format(self.reviewed_on) if self.reviewed_on else ""
        is_overdue = self.is_overdue(timezone.localdate())
        language = self.written_in if self.written_in != get_language() else ""
        told = self.heading
        return Teaser(
            title=title or told.title,
            href=self.url,
            summary=summary or told.summary,
            kind=self.get_document_type_display(),
            drawing=f"type-{self.document_type}",
            meta=[
                language_name(language) if language else "",
                LevelFact(_("Level: %(level)s") % {"level": self.get_level_display()}, self.level),
                _("Reviewed %(day)s") % {"day": reviewed} if reviewed else "",
                str(_("Review overdue")) if is_overdue else "",
            ],
            language=told.language if told.language != get_language() else "",
        )

    def linked_data(self) -> dict[str, Any]:
        return metadata.learning_resource(self)

    def sharing_card(self) -> SharingCard:
        return metadata.sharing_card(self)

    def citation(self) -> dict[str, Any]:
        return metadata.citation(self)

    def is_overdue(self, on: date) -> bool:
        """Say whether the review was due before the day `on`."""
        return self.review_due is not None and self.review_due < on
