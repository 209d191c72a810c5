"""Turns of what is posted where somebody answers: by the answer in hand, else by client."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _

from portal.web.clients import note_draft
from portal.web.csrf import is_forged
from portal.web.limit_store import StoreAway
from portal.web.turns import MustWait, Turns
from portal.web.waiting import Waiting, marked

if TYPE_CHECKING:
    from consultations.responses.access.session import Answering

# With an answer in hand, nobody else's haste counts; without one, that of the client.
IN_HAND = Turns("answer", most=40, pooled=40)
WITHOUT = Turns("answers", most=20, pooled=200)
# Of codes the wrong ones are counted (`rate_limits.try_code`), and whoever leaves is never held up.
UNCOUNTED = ("resume", "forget")


def in_turn(answering: "Answering", act: Callable[[], HttpResponse]) -> HttpResponse:
    """
    Return what `act` answers, once a turn is taken for what is posted.

    Where none is left for now, the page that asks to wait, with all that was typed. What is forged
    takes none: nothing is done with it, and nothing of it may be posted again by us.
    """
    try:
        is_counted = answering.request.path not in map(answering.href, UNCOUNTED)
        if answering.request.method == "POST" and is_counted and not is_forged(answering.request):
            _take(answering)
        return act()
    except MustWait as wait:
        waiting = Waiting.of(answering.request, wait)
        return marked(
            answering.render("wait", _("A short wait"), status=429, waiting=waiting), wait
        )


def _take(answering: "Answering") -> None:
    """Take a turn; what cannot be counted is let in, for this guards no secret."""
    request, user = answering.request, answering.user
    # Who holds a code is counted by it, signed in or not: nothing ties the two.
    own = answering.code or (f"account {user.pk}" if user.is_authenticated else "")
    with suppress(StoreAway):
        if own:
            note_draft(request, own)
            IN_HAND.take_own(request, own)
        else:
            WITHOUT.take(request)
