"""The language of a request, and whether it is for easy words."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from portal.languages import easy_words
from portal.languages.addresses import asked_language, language_of


class LanguageMiddleware(LocaleMiddleware):
    """
    Django's rules, and one more: where the address has no language, `?lang=` chooses one.

    In order: the address, the parameter, the browser's languages. No cookie is read: what
    somebody read in which language is kept nowhere. A language that is not there is passed over.
    """

    def __call__(self, request: HttpRequest) -> Any:
        with easy_words.asked(easy_words.are_in(request.path_info)):
            return super().__call__(request)

    def process_request(self, request: HttpRequest) -> None:
        request.COOKIES.pop(settings.LANGUAGE_COOKIE_NAME, None)
        super().process_request(request)
        asked = asked_language(request)
        if asked and not language_of(request.path_info):
            translation.activate(asked)
            request.LANGUAGE_CODE = asked
