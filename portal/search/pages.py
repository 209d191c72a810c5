"""
Cards of Wagtail pages: a room says how its page makes a card, and publishing keeps it.

Whatever happens to a page leads to one question, asked anew: should it have a card now? It should
while it is live and open to all. Wagtail sends some of its signals once the page is committed. So
what to do is read from the database, never from the page that a signal brings, by one at a time:
of two who change a page at once, or what it stands in, the later sees what both have done.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils.functional import Promise
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal.search.cards import CardData, in_batches, put_many, remove, remove_many
from portal.search.registry import Kind, numbers, register_kind

BATCH = 200


@dataclass(frozen=True)
class _PageKind:
    key: str
    card: Callable[[Any], CardData]


_page_kinds: dict[type[Page], _PageKind] = {}
# The pages of a load that is under way, by what a page shares with its translations.
_waiting: ContextVar[dict[type[Page], set[Any]] | None] = ContextVar("waiting", default=None)


def register_page_kind(
    model: type[Page],
    key: str,
    *,
    label: str | Promise,
    plural: str | Promise,
    card: Callable[[Any], CardData],
    marks: Callable[[Collection[str]], Mapping[str, str]] | None = None,
    notes: Callable[[Collection[str]], Mapping[str, str]] | None = None,
    weighs: float = 1.0,
) -> None:
    """
    Make a page type searchable as the kind `key`; call it in `AppConfig.ready()`.

    Several page types may be of one kind, whose `weighs` they all give. `card(page)` makes the card
    of one page; its kind and key are set here. `marks` and `notes` are as `Kind` has them. The card
    follows the page's publishing, unpublishing, moving, renaming, deleting and view restrictions,
    and those of the pages above it.
    """
    _page_kinds[model] = _PageKind(key, card)
    cards = partial(_cards, key)
    register_kind(Kind(key, label, plural, cards, marks=marks, notes=notes, weighs=weighs))
    post_delete.connect(_page_deleted, sender=model, dispatch_uid="search_page_deleted")
    # Connecting again under the same name changes nothing.
    for signal, receiver in (
        (page_published, _page_changed),
        (page_unpublished, _page_changed),
        (post_page_move, _branch_changed),
        (page_slug_changed, _branch_changed),
    ):
        signal.connect(receiver, dispatch_uid=f"search_{receiver.__name__}")
    for signal in (post_save, post_delete):
        signal.connect(
            _restriction_changed, sender=PageViewRestriction, dispatch_uid="search_restriction"
        )


def refresh(page: Page) -> None:
    """Write or remove the cards of this page (of its own type) and of its translations."""
    if type(page) not in _page_kinds:
        return
    waiting = _waiting.get()
    if waiting is None:
        _put_right(Page.objects.filter(translation_key=page.translation_key), [type(page)])
    else:
        waiting[type(page)].add(page.translation_key)


@contextmanager
def cards_at_the_end() -> Iterator[None]:
    """
    Write the cards of pages that are published meanwhile once, when this ends; none if it fails.

    For a load of many pages: a card would be written again with each version and translation.
    """
    waiting: dict[type[Page], set[Any]] = defaultdict(set)
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for model, keys in waiting.items():
        for batch in in_batches(sorted(keys), BATCH):
            _put_right(Page.objects.filter(translation_key__in=batch), [model])


def _card(page: Page) -> CardData:
    kind = _page_kinds[type(page)]
    return replace(kind.card(page), kind=kind.key, key=str(page.pk))


def _cards(key: str, keys: Collection[str] | None = None) -> Iterator[CardData]:
    for model in [model for model, kind in _page_kinds.items() if kind.key == key]:
        pages = model.objects.live().public()  # type: ignore[attr-defined]
        if keys is not None:
            pages = pages.filter(pk__in=numbers(keys))
        for page in pages.iterator(chunk_size=BATCH):
            yield _card(page)


def _page_changed(instance: Page, **kwargs: Any) -> None:
    refresh(instance)


def _page_deleted(instance: Page, **kwargs: Any) -> None:
    if kind := _page_kinds.get(type(instance)):
        remove(kind.key, str(instance.pk))
        _put_right(Page.objects.filter(translation_key=instance.translation_key), [type(instance)])


def _branch_changed(instance: Page, **kwargs: Any) -> None:
    """Addresses changed: of this page and of all below it."""
    _refresh_branch(instance.pk)


def _restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    _refresh_branch(instance.page_id)


def _refresh_branch(pk: int) -> None:
    """
    Write or remove the cards of a page, of all below it and of their translations.

    A few statements for each type. A card may say of which versions its page is the one to show.
    """
    root = Page.objects.filter(pk=pk).first()  # its path as it is now; none where just deleted
    if root is not None:
        below = Page.objects.descendant_of(root, inclusive=True)
        versions = Page.objects.filter(translation_key__in=below.values("translation_key"))
        _put_right(versions, _page_kinds)


@transaction.atomic
def _put_right(pages: PageQuerySet, models: Iterable[type[Page]]) -> None:
    # Nobody else meanwhile; no page waits for the lock but in here.
    list(Page.objects.filter(depth=1).select_for_update(no_key=True).values_list("pk"))
    for model in models:
        kind = _page_kinds[model]
        own = model.objects.filter(pk__in=pages.values("pk"))  # type: ignore[attr-defined]
        hidden = set(own.values_list("pk", flat=True))
        for batch in in_batches(own.live().public().iterator(chunk_size=BATCH), BATCH):
            put_many(_card(page) for page in batch)
            hidden -= {page.pk for page in batch}
        remove_many(kind.key, map(str, hidden))
