"""What people can be told of. Rooms register their kinds in `AppConfig.ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from portal.notifications.rate_limits import NEWS, MailLimit


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

    `limit` is how many of its sort one mailbox gets in a day. `is_neutral` is for whoever answers
    without a name: its sender is NEUTRAL_FROM_EMAIL, its templates extend nothing and name neither
    the portal nor anything in it.
    """

    key: str
    label: str | Promise
    template: str
    prepare: Callable[[Mapping[str, Any]], dict[str, Any] | None] | None = None
    limit: MailLimit = NEWS
    is_neutral: bool = False

    @property
    def is_urgent(self) -> bool:
        """Say whether it holds a code: sent before all others, and of no use hours later."""
        return not self.limit.waits

    @property
    def is_forgotten(self) -> bool:
        """Say whether a message that was sent leaves nothing, not even that there was one."""
        return self.is_neutral or self.is_urgent


class UnknownKindError(LookupError):
    """No room has registered this kind of notification."""


_kinds: dict[str, NotificationKind] = {}


def register_kind(kind: NotificationKind) -> None:
    """Make a kind known. ValueError where another one has its key."""
    if _kinds.setdefault(kind.key, kind) != kind:
        raise ValueError(f"two kinds of notification are named {kind.key}")


def get_kind(key: str) -> NotificationKind:
    """Return the kind of that key; raises UnknownKindError."""
    kind = find_kind(key)
    if kind is None:
        raise UnknownKindError(key)
    return kind


def find_kind(key: str) -> NotificationKind | None:
    """Return the kind of that key; None for one that is no more."""
    return _kinds.get(key)


def urgent_keys() -> list[str]:
    """Return the keys of the kinds that hold a code."""
    return [key for key, kind in _kinds.items() if kind.is_urgent]
