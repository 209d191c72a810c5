"""
Structured logs that cannot tell who a visitor was.

The portal keeps no IP address and no user agent anywhere (docs/decisions/0006-privacy.md), so no
formatter here knows them and a processor drops the keys should a library add them.
"""

import logging.config
import re
from collections.abc import MutableMapping
from typing import Any

import structlog
from django.conf import settings

IDENTIFYING_KEYS = frozenset(
    {"ip", "remote_addr", "client_ip", "user_agent", "x_forwarded_for", "email", "request"}
)


def drop_identifying_keys(
    logger: Any, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Remove every key of an event that could tie a log line to a visitor."""
    for key in IDENTIFYING_KEYS & event.keys():
        del event[key]
    return event


class ConfidentialPathFilter(logging.Filter):
    """
    Keeps Django's own lines about a refused request off the log where people answer.

    Of such paths there is no line at all (`settings.CONFIDENTIAL_PATHS`), but for a fault of ours,
    whose traceback is needed; it names no address.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        path = getattr(getattr(record, "request", None), "path", "")
        if not re.search(settings.CONFIDENTIAL_PATHS, path):
            return True
        # A request that Django refuses with 400 is logged as an error too.
        if getattr(record, "status_code", 500) >= 500:
            record.msg, record.args = "a confidential page failed", ()
            return True
        return False


def configure_logging(*, level: str, renderer: str) -> None:
    """
    Send all logs, the standard library's included, to standard error through structlog.

    `level` is a standard level name; `renderer` is "json" for machines or "console" for people.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        drop_identifying_keys,
    ]
    final: Any = (
        structlog.processors.JSONRenderer()
        if renderer == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            *shared,
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "structured": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.format_exc_info,
                        final,
                    ],
                }
            },
            "filters": {"confidential": {"()": ConfidentialPathFilter}},
            "handlers": {
                "stderr": {
                    "class": "logging.StreamHandler",
                    "formatter": "structured",
                    "filters": ["confidential"],
                }
            },
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {
                # Its lines carry the client's address; RequestLogMiddleware writes ours instead.
                "django.server": {"handlers": [], "propagate": False},
                # Tells of every index update, four lines a page saved.
                "django_tasks": {"level": "WARNING"},
                # A line for each request to Elasticsearch, and a traceback for each that fails; the
                # search room says in one line what that means.
                "elastic_transport": {"level": "CRITICAL"},
            },
        }
    )
