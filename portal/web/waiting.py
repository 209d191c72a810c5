"""The page that asks somebody to wait for their turn, with everything they typed in it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.web.turns import FIELD, MustWait

# Never written into a page: typed again. What each is called, and whether it is shown.
SECRETS: dict[str, tuple[str | Promise, str]] = {
    "password": (_("Password"), "password"),
    "oldpassword": (_("Current password"), "password"),
    "code": (_("Code"), "text"),
}
NOT_KEPT = {"csrfmiddlewaretoken", FIELD, *SECRETS}


@dataclass(frozen=True)
class Waiting:
    """Contents of the page: `templates/components/waiting.html` writes it out."""

    action: str
    ticket: str
    why: str
    for_how_long: str
    kept: list[tuple[str, str]]
    secrets: list[tuple[str, str, str]]
    files: list[str]

    @classmethod
    def of(cls, request: HttpRequest, wait: MustWait) -> "Waiting":
        """Keep what was posted, to be posted again as it was; from a request that is not forged."""
        kept = [
            (name, each)
            for name, values in request.POST.lists()
            if name not in NOT_KEPT
            for each in values
        ]
        again = [
            (name, str(label), kind)
            for name, (label, kind) in SECRETS.items()
            if request.POST.get(name)
        ]
        return cls(
            action=request.get_full_path(),
            ticket=wait.ticket,
            why=str(wait.why),
            for_how_long=_length(wait.seconds),
            kept=kept,
            secrets=again,
            files=list(request.FILES),
        )


def ask_to_wait(request: HttpRequest, wait: MustWait) -> HttpResponse:
    """Show the page that keeps what was posted until its turn comes; for what is not forged."""
    context = {"waiting": Waiting.of(request, wait)}
    return marked(render(request, "web/wait.html", context, status=429), wait)


def marked(page: HttpResponse, wait: MustWait) -> HttpResponse:
    """Tell machines when to come back to the page, and keep it out of every cache."""
    page["Retry-After"] = str(wait.seconds)
    page["Cache-Control"] = "no-store"
    return page


def _length(seconds: int) -> str:
    """Write a wait in words: seconds up to two minutes, then minutes."""
    if seconds <= 120:
        # Translators: only behind “in”: Try again in 5 seconds.
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    minutes = -(-seconds // 60)
    # Translators: only behind “in”: Try again in 5 minutes.
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
