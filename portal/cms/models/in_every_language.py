"""
One page, shown under every language of the interface.

What is not translated is shown in the language that it was written in, with the interface in the
reader's. Its address to cite is the one in its own language; where the reader's language has a page
of its own, all others lead there.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.query import PageQuerySet

from portal.cms.models.routed import Routed
from portal.cms.models.site_roots import keeper, site_roots
from portal.languages.addresses import in_language
from portal.onion import on_the_open_web


def languages_of_pages() -> set[str]:
    """Return the languages that have a home page, and so pages of their own."""
    return {root.language_code for root in site_roots()}


def language_at(url_path: str) -> str:
    """Return the language of the home page above a page, by the page's path; no query."""
    found = (root.language_code for root in site_roots() if url_path.startswith(root.root_path))
    return next(found, settings.LANGUAGE_CODE)


def _strangeness() -> Case:
    """Rank a page by its language: the reader's, the portal's first, any other."""
    return Case(
        When(locale__language_code=get_language() or settings.LANGUAGE_CODE, then=Value(0)),
        When(locale__language_code=settings.LANGUAGE_CODE, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def one_of_each(pages: PageQuerySet) -> PageQuerySet:
    """
    Return of each page and its translations the one to show, by the field `strangeness`: 0 is in
    the reader's language, 1 in the portal's first, 2 in another.

    `pages` are those that may be shown, as yet without a limit. No query.
    """
    if len(languages_of_pages()) == 1:
        return pages.annotate(strangeness=Value(0))
    ranked = pages.annotate(strangeness=_strangeness())
    same = ranked.order_by().filter(translation_key=OuterRef("translation_key"))
    better = same.filter(
        Q(strangeness__lt=OuterRef("strangeness"))
        | Q(strangeness=OuterRef("strangeness"), pk__lt=OuterRef("pk"))
    )
    return ranked.exclude(Exists(better))


def asked_alike(question: Callable[[], Any]) -> Callable[[], Any]:
    """
    Keep what `question` returns, a queryset, for every time that it is asked in a language.

    Its answer is read anew each time; to put it together takes longer than to ask it. It must
    depend on nothing but the reader's language and on which languages have pages.
    """
    kept: dict[tuple[str | None, bool], Any] = {}

    @wraps(question)
    def ask() -> Any:
        key = (get_language(), len(languages_of_pages()) == 1)
        if key not in kept:
            kept[key] = question()
        return kept[key].all()

    return ask


class InEveryLanguage(Routed):
    """
    The part of every page type that knows about languages.

    Where `has_translations`, its translations are pages of their own, beside it.
    """

    has_translations: ClassVar[bool] = True

    class Meta:
        abstract = True

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[Any, ...] | None:
        """Return Wagtail's, under the active language: a page is shown under each."""
        parts = super().get_url_parts(request)
        if parts is None or parts[2] is None:
            return parts
        return (*parts[:2], in_language(parts[2]))

    def _get_site_root_paths(self, request: Any = None) -> Any:
        """Return Wagtail's, which are read once while a page is shown, without a request too."""
        return super()._get_site_root_paths(request or keeper())

    @property
    def original_language(self) -> str:
        """Return the language of the home page that it stands under, without a query."""
        return language_at(self.url_path)

    def original_url(self) -> str:
        """Return the page's address in its own language, the one to cite."""
        return on_the_open_web(in_language(self.get_url() or "", self.original_language))

    def come_into_language(self, language: str) -> None:
        """Change what a copy of it in another language says of itself; called before it is kept."""

    def left_in_original(self) -> Sequence[str]:
        """Return the fields whose words stay in the original's language, as readers are told."""
        return ()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page; where the reader's language has one of its own, lead there."""
        if get_language() != self.original_language and get_language() in languages_of_pages():
            own = (page for page in self.versions if page.original_language == get_language())
            other = next(own, self)
            address = other.get_url() if other.pk != self.pk else None
            # The same where a page above it is a draft: the original is shown instead.
            if address and urlsplit(address).path != request.path:
                return redirect(address)
        return super().serve(request, *args, **kwargs)

    def ancestors_shown(self) -> PageQuerySet | Sequence[Page]:
        """
        Return the pages above it from the home page on, each in the reader's language.

        No query where it was routed to and is in that language.
        """
        above = self.get_ancestors().filter(depth__gte=2)
        if get_language() == self.original_language or get_language() not in languages_of_pages():
            return self.routed_below if self.is_way_known else above
        keys = above.order_by().values("translation_key")
        same = Page.objects.filter(translation_key__in=keys).live()
        return one_of_each(same).order_by("depth")

    def children_shown(self) -> PageQuerySet:
        """Return the published pages below it and its translations, each in one language."""
        versions = self.get_translations(inclusive=True)
        paths = versions.values_list("path", flat=True) if len(languages_of_pages()) > 1 else ()
        below = Q(path__startswith=self.path)
        for path in paths:
            below |= Q(path__startswith=path)
        children = Page.objects.filter(below, depth=self.depth + 1)
        return one_of_each(children.live().public()).order_by("strangeness", "path")

    def alternates(self) -> list[tuple[str, str]]:
        """List the languages in which the page itself is there, with addresses, for machines."""
        if len(languages_of_pages()) == 1:
            return []
        found = [(page.original_language, page.original_url()) for page in self.versions]
        return found if len(found) > 1 else []

    @cached_property
    def versions(self) -> list[Any]:
        """
        List the page and its translations as far as they are published, without their texts.

        One query, and none where it was asked that there are no others.
        """
        if self.live and not self.carries("other_languages"):
            return [self]
        same = Page.objects.filter(translation_key=self.translation_key)
        return list(same.live().specific(defer=True))
