"""What people can be told of. Rooms register their kinds in `AppConfig.ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class NotificationKind:
    """
    One kind of message.

    `key` is what `notify` is called with ("response.received"). `label` says to staff what it is.
    `template` names two plain-text Django templates under templates/django: `<template>.txt` is
    the body and extends "notifications/base.txt" (block `text`), `<template>.subject.txt` the
    subject. They see the context given to `notify`, `site_name`, and `base_url` (no slash at its
    end), and nothing in them is escaped as HTML.

    `prepare`, where there is one, makes the templates' context out of that given to `notify` at
    the moment of sending, in the recipient's language: for what may have changed or been hidden
    since, and what should not lie in the outbox. It may answer None: then nothing is sent. Where
    the context has `unsubscribe`, a path that a POST alone suffices for, mail programs are told of
    it (RFC 8058).
    """

    key: str
    label: str | Promise
    template: str
    prepare: Callable[[Mapping[str, Any]], dict[str, Any] | None] | None = None


class UnknownKindError(LookupError):
    """No room has registered this kind of notification."""


_kinds: dict[str, NotificationKind] = {}


def register_kind(kind: NotificationKind) -> None:
    """Make a kind known. ValueError where another one has its key."""
    if _kinds.setdefault(kind.key, kind) != kind:
        raise ValueError(f"two kinds of notification are named {kind.key}")


def get_kind(key: str) -> NotificationKind:
    """The kind of that key; raises UnknownKindError."""
    try:
        return _kinds[key]
    except KeyError:
        raise UnknownKindError(key) from None
