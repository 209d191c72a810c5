"""
How often the password of a private page or folder is tried: Wagtail's own views know no limit.

Many people know such a password, and many of them may sit behind one address, so right ones are
not counted, and a network that many share has more tries.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from wagtail.documents.views.serve import authenticate_with_password as wagtails_of_documents
from wagtail.views import authenticate_with_password as wagtails_of_pages

from portal.stakeholders.rate_limits import TOO_MANY
from portal.web.rate_limits import Limit
from portal.web.turns import Tries, Turns

FIVE_MINUTES = 300  # seconds
TRIES = Turns(
    "page-password", 5, 50, seconds=FIVE_MINUTES, windows=12, is_strict=True, why=TOO_MANY
)
# Wrong ones from everywhere, and what each client has from then on.
ALL_TRIES = Limit("page-password-all", most=100, seconds=3600)
SLOWED = Turns(
    "page-password-slowed",
    1,
    10,
    seconds=FIVE_MINUTES,
    windows=12,
    is_strict=True,
    why=_(
        "Many wrong passwords were tried here, from many places. So we check only one every few "
        "minutes. We did not check what you typed now, whether it is right or wrong."
    ),
)

PASSWORDS = Tries(TRIES, ALL_TRIES, SLOWED)


def limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wagtail's view, where each password is counted before it is looked at."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        place = "|".join(f"{name} {value}" for name, value in kwargs.items() if name != "page_id")
        tried = PASSWORDS.take(request, place)
        response = view(request, *args, **kwargs)
        if response.status_code == 302:
            tried.was_right()
        return response

    return page


of_pages = limited(wagtails_of_pages)
of_documents = limited(wagtails_of_documents)
