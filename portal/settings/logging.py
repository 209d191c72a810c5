"""
Structured logs that cannot tell who a visitor was.

The portal keeps no IP address and no user agent anywhere (docs/decisions/0006-privacy.md), so no
formatter here knows them and a processor drops the keys should a library add them.
"""

import logging.config
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

from portal.confidential import is_confidential, is_unheard

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


class NamelessFilter(logging.Filter):
    """
    Keeps off the log when somebody answered, and what a visitor has put into a request.

    While a confidential page is answered (`settings.CONFIDENTIAL_PATHS`) there is no line at all,
    but for a fault of ours: its kind and its places in the code, without its words, which may
    quote what was typed. Of what Django refuses as suspicious, on any page, the kind is all that
    is kept: its words are a host name, a referrer or a file name that came from outside.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        path = getattr(getattr(record, "request", None), "path", "")
        if is_unheard() or is_confidential(path):
            # A request that Django refuses with 400 is logged as an error too.
            if record.levelno < logging.ERROR or getattr(record, "status_code", 500) < 500:
                return False
            places = places_of(record.exc_info[1]) if record.exc_info else []
            _reword(record, "a confidential page failed", places=places)
        elif record.name.startswith("django.security"):
            _reword(record, f"refused: {record.name.rpartition('.')[2]}")
        return True


def _reword(record: logging.LogRecord, message: str, **more: Any) -> None:
    record.msg, record.args = message, ()
    record.exc_info = record.exc_text = record.stack_info = None
    for name in ("_logger", "_name"):  # by which structlog knows a line of its own
        record.__dict__.pop(name, None)
    record.__dict__.update(more)


def places_of(error: BaseException | None) -> list[str]:
    """Return the kinds of an error and of what led to it, each with its places, innermost last."""
    places: list[str] = []
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        places = [*where, type(error).__qualname__, *places]
        before = None if error.__suppress_context__ else error.__context__
        error = error.__cause__ or before
    return places


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
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # what cannot be written would be printed as it came
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
            "filters": {"nameless": {"()": NamelessFilter}},
            "handlers": {
                "stderr": {
                    "class": "logging.StreamHandler",
                    "formatter": "structured",
                    "filters": ["nameless"],
                }
            },
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {
                # Its lines carry the client's address; RequestLogMiddleware writes ours instead.
                "django.server": {"handlers": [], "propagate": False},
                # Of each request that is refused there is a line of ours, with path and status.
                "django.request": {"level": "ERROR"},
                # Tells of every index update, four lines a page saved.
                "django_tasks": {"level": "WARNING"},
                # A line for each request to Elasticsearch, and a traceback for each that fails; the
                # search room says in one line what that means.
                "elastic_transport": {"level": "CRITICAL"},
            },
        }
    )
