"""The thread that brings changes of cards to Elasticsearch from a process that serves pages."""

from collections.abc import Callable

from django.conf import settings

from portal.background.worker import Worker


def _deliver(*, stopped: Callable[[], bool]) -> None:
    # Here, for whoever has no Elasticsearch need not load its client.
    from portal.search.elastic.delivery import deliver_due

    deliver_due(stopped=stopped)


_worker = Worker("search", _deliver)
wake = _worker.wake


def start() -> None:
    """Begin in this process, unless begun; does nothing where there is no Elasticsearch."""
    if settings.ELASTICSEARCH_URL:
        _worker.start()
