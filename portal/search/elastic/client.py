"""The connection to Elasticsearch: one client a process, which keeps its connections open."""

import os
from functools import lru_cache
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch

# For what happens in the background, where a bulk of long texts may take its time. Whoever answers
# a visitor gives a shorter one: `get_client().options(request_timeout=…)`.
TIMEOUT_SECONDS = 30


def get_client() -> Elasticsearch:
    """
    Return the client for the nodes that the settings name; the same one for the same settings.

    A node that refuses a connection is passed over for another, and for a while afterwards.
    """
    return _client(
        os.getpid(),
        tuple(settings.ELASTICSEARCH_URL),
        settings.ELASTICSEARCH_API_KEY,
        settings.ELASTICSEARCH_CA_CERTS,
    )


@lru_cache(maxsize=4)
def _client(process: int, hosts: tuple[str, ...], api_key: str, ca_certs: str) -> Elasticsearch:
    """`process` is its id: a process that was forked must not share its parent's connections."""
    security: dict[str, Any] = {"api_key": api_key} if api_key else {}
    if ca_certs:
        security["ca_certs"] = ca_certs
    return Elasticsearch(
        list(hosts),
        request_timeout=TIMEOUT_SECONDS,
        max_retries=max(2, len(hosts)),
        **security,
    )
