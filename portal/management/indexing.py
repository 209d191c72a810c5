"""Content that is loaded at once is indexed once: a page is saved several times till it is live."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from modelsearch.tasks import insert_or_update_object_task
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.tasks import update_reference_index_task


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Index what is saved meanwhile, for the admin's search and for references, when this ends."""
    saved: dict[type[Model], set[Any]] = defaultdict(set)

    def note(sender: type[Model], instance: Model, **kwargs: Any) -> None:
        saved[sender].add(instance.pk)

    searched = [each for each in get_indexed_models() if getattr(each, "search_auto_update", True)]
    post_save.connect(note)
    for model in searched:
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        post_save.disconnect(note)
        for model in searched:
            post_save.connect(post_save_signal_handler, sender=model)
    for model, keys in saved.items():
        tasks = [update_reference_index_task] if model in ReferenceIndex.tracked_models else []
        tasks += [insert_or_update_object_task] if model in searched else []
        there = (
            model._default_manager.filter(pk__in=keys) if tasks else model._default_manager.none()
        )
        for pk in there.values_list("pk", flat=True):
            for task in tasks:
                task.call(model._meta.app_label, model._meta.model_name, str(pk))
