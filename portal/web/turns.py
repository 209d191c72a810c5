"""
Turns: what comes faster than is taken from one client waits, and is not refused.

An address may be that of many, so whoever comes when all is taken gets a ticket for one of the
next windows, and is let in when they come back with it. The ticket stands in the page that tells
them to wait, beside what they typed (`waiting`); of those who wait nothing is kept but how many.
"""

import secrets
import time
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.web.clients import client_of
from portal.web.rate_limits import DAY, Limit, stand_in

FIELD = "turn"
HOLDS = 600  # seconds, from when the turn has come
USED = Limit("turn-used", most=1, seconds=DAY)
BUSY = _(
    "Too much has come over your internet connection just now. Others may be using the same "
    "connection."
)

_signer = Signer(salt="portal.web.turns")


class MustWait(Exception):  # noqa: N818 - nobody's mistake
    """
    A turn comes in `seconds`, for whoever comes back with `ticket`; `why` says it to them.

    Where `ticket` is empty nothing is kept for anybody: it may be tried again after `seconds`.
    """

    def __init__(self, seconds: int, ticket: str, why: str | Promise) -> None:
        super().__init__(seconds)
        self.seconds, self.ticket, self.why = seconds, ticket, why


class Taken(NamedTuple):
    """A turn that was taken."""

    limit: Limit
    who: str
    by_ticket: bool = False

    def give_back(self) -> None:
        """Count it no more; one that a ticket gave was not counted when it was taken."""
        if not self.by_ticket:
            self.limit.give_back(self.who)


class Ticket(NamedTuple):
    """A turn of `who` (a stand-in) in the window of that number; each is of use once."""

    turns: str
    who: str
    window: int
    number: str


@dataclass(frozen=True)
class Turns:
    """
    Bound on how often something is taken in `seconds`: `most` times from one client, `pooled`
    times from a network that many share.

    Nobody waits longer than `windows` times `seconds`: who has waited so long is let in whatever
    others do. With `is_strict` nobody is let in beyond the number, and a queue as long is closed.
    """

    name: str
    most: int
    pooled: int
    seconds: int = 20
    windows: int = 6
    is_strict: bool = False
    why: str | Promise = BUSY

    def take(self, request: HttpRequest, *about: str) -> Taken:
        """
        Take a turn of the client that a request comes from, of `about` alone where that is said.

        Raises MustWait, and StoreAway where nothing can be counted.
        """
        client = client_of(request)
        most = self.pooled if client.is_pool else self.most
        return self._take(request, most, client.alone, *about)

    def take_own(self, request: HttpRequest, *who: str) -> Taken:
        """Take a turn of `who`, wherever they come from: an answer in hand, a device. As above."""
        return self._take(request, self.most, *who)

    def _take(self, request: HttpRequest, most: int, *who: str) -> Taken:
        limit, person = Limit(f"turns-{self.name}", most, self.seconds), stand_in("|".join(who))
        ticket = self._ticket_in(request, person)
        if ticket is not None and ticket.window > limit.window():
            raise self._wait(limit, ticket)
        if ticket is not None and USED.take(ticket.number):
            return Taken(limit, person, by_ticket=True)
        if limit.take(person):
            return Taken(limit, person)
        for ahead in range(1, self.windows):
            if limit.take(person, ahead=ahead):
                raise self._wait(limit, self._ticket(person, limit.window() + ahead))
        if self.is_strict:
            raise MustWait(limit.seconds_left(), "", self.why)
        raise self._wait(limit, self._ticket(person, limit.window() + self.windows))

    def _ticket(self, person: str, window: int) -> Ticket:
        return Ticket(self.name, person, window, secrets.token_hex(8))

    def _wait(self, limit: Limit, ticket: Ticket) -> MustWait:
        later = ticket.window - limit.window() - 1
        seconds = limit.seconds_left() + later * self.seconds
        return MustWait(seconds, _signer.sign_object(list(ticket)), self.why)

    def _ticket_in(self, request: HttpRequest, person: str) -> Ticket | None:
        """Return the ticket that comes with a form, if it is of these turns and still holds."""
        try:
            held: Any = _signer.unsign_object(request.POST.get(FIELD, ""))
        except (BadSignature, ValueError):
            return None
        ticket = Ticket(*held)
        is_theirs = (ticket.turns, ticket.who) == (self.name, person)
        is_over = (ticket.window + 1) * self.seconds + HOLDS < time.time()
        return ticket if is_theirs and not is_over else None


class Tried(NamedTuple):
    """A secret that is about to be looked at; counted as wrong already."""

    turns: list[Taken]
    anywhere: Limit | None = None
    about: tuple[str, ...] = ()

    def was_right(self) -> None:
        """Count it no more."""
        for turn in self.turns:
            turn.give_back()
        if self.anywhere is not None:
            self.anywhere.give_back(*self.about)


@dataclass(frozen=True)
class Tries:
    """
    Bound on tries of a secret: by client, and where `anywhere` is reached, as `slowed` says.

    That is by client too; with `is_together` in one queue for all, as for six digits, which many
    could find.
    """

    by_client: Turns
    anywhere: Limit
    slowed: Turns
    is_together: bool = False

    def take(self, request: HttpRequest, *about: str) -> Tried:
        """Count a secret of `about` before it is looked at. Raises MustWait: then it is not."""
        if not self.anywhere.is_reached(*about):
            turn = self.by_client.take(request, *about)
        elif self.is_together:
            turn = self.slowed.take_own(request, *about)
        else:
            turn = self.slowed.take(request, *about)
        self.anywhere.take(*about)
        return Tried([turn], self.anywhere, about)
