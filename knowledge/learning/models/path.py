"""Paths: guides in the order in which one kind of reader learns from them, each with a quiz."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from knowledge.learning.blocks import ModuleBlock
from knowledge.learning.models.certificate import hours_of
from knowledge.learning.models.progress import Reached, reached_in_account
from knowledge.learning.modules import Module, minutes_of, modules_of
from knowledge.learning.progress import sealed
from portal.cms.models import BasePage, TwoPersonPage
from portal.cms.models.in_every_language import asked_alike, one_of_each
from portal.taxonomy.fields import TermField, TermsField
from portal.taxonomy.vocabularies import AUDIENCE, LANGUAGE, LEVEL

# Addresses below the learning page that are no paths.
TAKEN = ("certificates",)


class PathPage(TwoPersonPage):
    """
    `/learning/<slug>/`: modules in order, for one kind of reader and one level.

    Published only after a second person's approval, as guides are: certificates name it.
    """

    audiences = TermsField(AUDIENCE)
    level = TermField(LEVEL, help_text=_("What a control system has when this becomes useful."))
    modules = StreamField(
        [("module", ModuleBlock())],
        verbose_name=_("modules"),
        blank=True,
        help_text=_("In the order in which they are worked through. Each guide stands once."),
    )
    modules_language = TermField(
        LANGUAGE,
        default="en",
        verbose_name=_("language of the modules"),
        help_text=_("The language in which the modules and their quizzes are written."),
    )

    is_assembled: ClassVar[bool] = True
    template = "knowledge/learning/path.html"
    page_description = _("Guides in an order, each with a quiz, for one kind of reader.")
    parent_page_types: ClassVar = ["learning.LearningPage"]
    subpage_types: ClassVar[list[str]] = []
    needed_to_publish: ClassVar = ("summary", "modules")
    content_panels: ClassVar = [
        *BasePage.content_panels,
        FieldPanel("audiences"),
        FieldPanel("level"),
        FieldPanel("modules"),
        FieldPanel("modules_language"),
    ]

    class Meta:
        verbose_name = _("learning path")
        verbose_name_plural = _("learning paths")

    @property
    def key(self) -> str:
        """Return what the path shares with its translations."""
        return str(self.translation_key)

    @cached_property
    def modules_shown(self) -> list[Module]:
        """Return the modules as the reader has them; three queries."""
        return modules_of(self.modules)

    @property
    def hours(self) -> int:
        """Return how long the path takes, in whole hours."""
        return hours_of(minutes_of(self.modules_shown))

    def come_into_language(self, language: str) -> None:
        self.modules_language = language

    def left_in_original(self) -> Sequence[str]:
        return () if self.modules_language == self.original_language else ("modules",)

    def clean(self) -> None:
        super().clean()
        if self.slug in TAKEN:
            raise ValidationError({"slug": _("This address is taken. Choose another one.")})

    def missing(self, at: datetime) -> dict[str, Any]:
        """Say by field what it lacks: a guide stands once, for a module is known by its guide."""
        found = super().missing(at)
        chosen = [block.value.get("guide") for block in self.modules]
        keys = [guide.translation_key for guide in chosen if guide]
        if len(keys) != len(set(keys)):
            found["modules"] = gettext("A guide stands in two modules. Keep one of them.")
        return found

    def get_context(
        self,
        request: HttpRequest,
        *args: Any,
        reached: Reached | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """Return the modules, and how far the reader has come; where nobody says, as kept."""
        context = super().get_context(request, *args, **kwargs)
        reached = reached or reached_in_account(request.user, self.key)
        context.update(
            modules=self.modules_shown,
            progress=reached.progress,
            carried=sealed(reached.progress),
            count=len([each for each in self.modules_shown if each.guide]),
            is_kept=reached.is_kept,
            **kwargs,
        )
        return context


@asked_alike
def paths_shown() -> Any:
    """Return the paths that anybody may see, each in one language, the first level first."""
    found = one_of_each(PathPage.objects.live().public())
    return found.order_by("level", "title").defer("modules")


def fitting_path(
    paths: Sequence[PathPage], filters: Mapping[str, Sequence[str]]
) -> PathPage | None:
    """
    Return the path nearest to what was chosen: for one of these readers first, then by level.

    Without a choice it is the first path. None where there is none.
    """
    readers = set(filters.get(AUDIENCE.key, ()))
    levels = [int(each) for each in filters.get(LEVEL.key, ())]

    def distance(path: PathPage) -> tuple[bool, int]:
        far = min((abs(int(path.level) - each) for each in levels), default=0)
        return bool(readers) and readers.isdisjoint(path.audiences), far

    return min(paths, key=distance, default=None)


def paths_at(slug: str) -> list[PathPage]:
    """Return the paths that an address may mean, the one for the reader first."""
    found = PathPage.objects.live().public().filter(slug=slug).select_related("locale")
    reader = get_language()
    return sorted(found, key=lambda page: (page.original_language != reader, page.pk))
