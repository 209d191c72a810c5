"""Whether an answer without a name can begin in the language of the page; else where it can."""

from functools import partial

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language

from consultations.responses.access.session import Answering
from consultations.responses.models import Identity
from consultations.responses.permissions import nameless_may_begin
from portal.proofreading.reviews import languages_read, reviews_in
from portal.taxonomy.languages import name_of


def takes_nameless(answering: Answering) -> bool:
    """Say whether this visitor is offered to give no name, here and in this language."""
    return answering.page.anonymous_allowed and not nameless_elsewhere(answering)


def nameless_elsewhere(answering: Answering) -> list[dict[str, str]]:
    """
    Return the languages in which an answer without a name can begin, where it cannot in this one.

    Each with its `code`, its `name` and the address of the same page. Empty where nobody is to be
    led there: what has no name already goes on in any language, and so does what was sent.
    """
    draft, page = answering.draft, answering.page
    if not page.anonymous_allowed or (answering.for_organisation and draft is None):
        return []
    if draft is not None and (draft.is_revision or draft.identity == Identity.ANONYMOUS):
        return []
    reviews = partial(reviews_in, answering.request)
    if nameless_may_begin(get_language() or settings.LANGUAGE_CODE, reviews):
        return []
    here = answering.request.path
    return [
        {"code": code, "name": name_of(code), "href": translate_url(here, code)}
        for code in languages_read(reviews())
    ]
