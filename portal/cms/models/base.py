"""What every page of the portal shares."""

from datetime import datetime
from typing import Any, ClassVar, TypedDict

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, Revision
from wagtail.search import index

from portal.cms.models.in_every_language import InEveryLanguage, language_at
from portal.cms.models.page_translation import unfinished
from portal.cms.models.permissions import PortalPagePermissionTester, TwoPersonPermissionTester
from portal.cms.page_forms import PageForm
from portal.cms.sharing.drawing import SharingCard, can_draw
from portal.languages.addresses import in_language
from portal.metadata import metadata
from portal.onion import on_the_open_web
from portal.stakeholders.models import Person


class Crumb(TypedDict, total=False):
    text: str
    href: str
    language: str


SEARCH_ENGINE_PANEL = MultiFieldPanel(
    [FieldPanel("seo_title"), FieldPanel("search_description")], _("For search engines")
)


class BasePage(InEveryLanguage):
    """
    A page of the portal: a title, a summary for lists, an address that may be fixed.

    `fixed_slug` names the slug of a page type whose address is cited (docs/decisions/
    0005-addresses.md): editors do not see the field, and saving sets it.
    """

    fixed_slug: ClassVar[str | None] = None
    requires_second_person: ClassVar[bool] = False
    # Whether most of it is what other things say, which change without it.
    is_assembled: ClassVar[bool] = False
    # What nobody publishes it without, though a draft may lack it and old pages may.
    needed_to_publish: ClassVar[tuple[str, ...]] = ()
    # Whether its editor is sending it back: what is kept then need not be complete.
    is_sent_back = False

    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences, shown in lists and by search engines."),
    )

    base_form_class: ClassVar = PageForm
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("summary")]
    promote_panels: ClassVar = [
        MultiFieldPanel(
            [FieldPanel("slug")], pgettext_lazy("the last part of a page's address", "Address")
        ),
        SEARCH_ENGINE_PANEL,
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    @property
    def meta_description(self) -> str:
        """Return what search engines show: an editor's text if there is one, or the summary."""
        return self.search_description or self.summary

    @property
    def written_in(self) -> str:
        """Return the language of what its editors wrote, without a query."""
        return self.original_language

    def breadcrumbs(self) -> list[Crumb]:
        """Return the way from the home page to this; the last entry has no address. One query."""
        crumbs: list[Crumb] = []
        for page in self.ancestors_shown():
            href = in_language(page.get_url() or "")
            if page.depth == 2:
                crumbs.append({"text": str(_("Home")), "href": href})
            else:
                language = language_at(page.url_path)
                crumbs.append({"text": page.title, "href": href, "language": language})
        return [*crumbs, {"text": self.title, "language": self.written_in}]

    def breadcrumbs_below(self) -> list[Crumb]:
        """Return the way from the home page to a page below this, which ends with a link to it."""
        *above, own = self.breadcrumbs()
        return [*above, {**own, "href": self.get_url() or ""}]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Wagtail's context, with `breadcrumb_items` for the component, and what machines read."""
        context = super().get_context(request, *args, **kwargs)
        context["breadcrumb_items"] = self.breadcrumbs()
        context["sharing_href"] = self._sharing_href()
        context["own_alternates"] = self.alternates()
        told = metadata(request, self.linked_data(), self.citation(), self.original_url())
        return context | told

    def linked_data(self) -> dict[str, Any]:
        """Say what it is, by the vocabulary of schema.org; {} for just a page."""
        return {}

    def citation(self) -> dict[str, Any]:
        """Say how reference managers cite it (`portal.metadata`); {} for just a page."""
        return {}

    def sharing_card(self) -> SharingCard | None:
        """Return the texts of the picture that others show with its address; None for none."""
        return None

    def _sharing_href(self) -> str:
        card = self.sharing_card() if self.live and self.pk else None
        if card is None or not can_draw(card.title):
            return ""
        return on_the_open_web(reverse("sharing_card", args=[self.pk]))

    def changed_at(self) -> datetime | None:
        """Return when what it says changed last; None where that cannot be told."""
        return None if self.is_assembled else self.last_published_at

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return [{"location": self.original_url(), "lastmod": self.changed_at()}]

    @classmethod
    def obstacle_to_publishing(cls, locale_id: int) -> str:
        """Say what must be done before a page of this type goes live in a language, or ""."""
        return ""

    @classmethod
    def pages_in_the_way(cls, locale_id: int) -> list[Any]:
        """Return the pages that make the obstacle (`portal.cms.models.required.Lacking`)."""
        return []

    @property
    def is_held_back(self) -> bool:
        """Say whether an obstacle keeps it from going live; what is live already stays."""
        return not self.live and bool(self.obstacle_to_publishing(self.locale_id))

    def bars(self, user: Person) -> bool:
        """Say whether this person may neither approve nor publish it, whatever their role."""
        return False

    def missing(self, at: datetime) -> dict[str, Any]:
        """
        Say by field what it lacks to go live at an aware instant, beside what its fields ask for.

        Asked where it is submitted, approved, published or scheduled; a draft may lack it all.
        """
        needed = gettext("Fill this in. The page is not published without it.")
        found = {name: needed for name in self.needed_to_publish if not _says(getattr(self, name))}
        if self.pk and (told := unfinished(self)):
            found["title"] = told
        return found

    def save_revision(self, *args: Any, clean: bool = True, **kwargs: Any) -> Revision:
        """Keep a revision; one of a page that is sent back may be as incomplete as a draft."""
        return super().save_revision(*args, clean=clean and not self.is_sent_back, **kwargs)

    def permissions_for_user(self, user: Person) -> PortalPagePermissionTester:
        return PortalPagePermissionTester(user, self)

    def get_fixed_slug(self) -> str | None:
        """Return the slug this page must have, or None where an editor chooses it."""
        return self.fixed_slug

    # Wagtail validates a page that goes live with the first and a draft with the second.
    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._fix_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self._fix_slug()
        super().minimal_clean()

    def _fix_slug(self) -> None:
        if fixed := self.get_fixed_slug():
            self.slug = fixed


def _says(value: Any) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


class TwoPersonPage(BasePage):
    """
    A page that goes live only when a person other than its author has approved it.

    Direct publishing is denied to everyone; `portal.cms.workflow` publishes when the workflow
    ends and checks that a second person approved the very text.
    """

    requires_second_person: ClassVar[bool] = True

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Person) -> TwoPersonPermissionTester:
        return TwoPersonPermissionTester(user, self)
