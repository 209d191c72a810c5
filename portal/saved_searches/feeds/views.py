"""Any search as an Atom feed: for everybody, without an account, and nothing kept of who reads."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import conditional_page, require_safe

from portal.saved_searches.criteria import Asked
from portal.saved_searches.feeds.atom import feed_of


@require_safe
@conditional_page
def search_feed(request: HttpRequest) -> HttpResponse:
    """
    Send the newest of what the address asks for; 400 in plain words for what we do not know.

    It is the same for all: sessions are not looked at, and only the public circle is searched.
    """
    language = request.GET.get("lang", settings.LANGUAGE_CODE)
    if language not in dict(settings.LANGUAGES):
        return _refusal([_("“lang” is not a language of this portal.")])
    with override(language):
        asked, problems = Asked.by(request.GET)
        if problems:
            return _refusal(problems)
        return feed_of(asked, language).answer(request)


def _refusal(problems: list[str]) -> HttpResponse:
    return HttpResponseBadRequest("\n".join(problems), content_type="text/plain; charset=utf-8")
