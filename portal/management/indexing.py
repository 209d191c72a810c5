"""Content that is loaded at once is indexed once: a page is saved several times till it is live."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_save
from modelcluster.fields import ParentalKey
from modelsearch.index import get_indexed_models, insert_or_update_object
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from portal.search.pages import cards_at_the_end

# Primary keys of what was saved, by model.
Saved = dict[type[Model], set[Any]]


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """
    Index what is saved meanwhile when this ends: for readers, for the admin's search, and for the
    references between pages and files.
    """
    saved: Saved = defaultdict(set)

    def note(sender: type[Model], instance: Model, **kwargs: Any) -> None:
        saved[sender].add(instance.pk)

    searched = [each for each in get_indexed_models() if getattr(each, "search_auto_update", True)]
    post_save.connect(note)
    for model in searched:
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        with cards_at_the_end(), disable_reference_index_auto_update():
            yield
    finally:
        post_save.disconnect(note)
        for model in searched:
            post_save.connect(post_save_signal_handler, sender=model)
    with transaction.atomic():
        for model in searched:
            for instance in _there(model, saved):
                insert_or_update_object(instance)
        _gather_parts(saved)
        for model in ReferenceIndex.indexed_models:
            for instance in _there(model, saved):
                ReferenceIndex.create_or_update_for_object(instance)


def _there(model: type[Model], saved: Saved) -> list[Model]:
    """Return what was saved of a model and is there still."""
    keys = saved.get(model)
    return list(model._default_manager.filter(pk__in=keys)) if keys else []


def _gather_parts(saved: Saved) -> None:
    """Name a page that parts were saved of once, in place of each part: its references are its."""
    parts = list(saved)
    while parts:
        model = parts.pop()
        fields = [field for field in model._meta.get_fields() if isinstance(field, ParentalKey)]
        if fields and (keys := saved.pop(model, set())):
            whole = fields[0].related_model
            rows = model._default_manager.filter(pk__in=keys)
            saved[whole].update(rows.values_list(fields[0].attname, flat=True))
            parts.append(whole)
