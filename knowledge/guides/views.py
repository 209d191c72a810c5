"""A guide, and what it rests on, as files for reference managers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from knowledge.guides.models import GuideIndexPage, GuidePage
from knowledge.sources.formats import FORMS, Form, answer, of_guide, of_source


@require_safe
def guide_file(request: HttpRequest, slug: str, file: str) -> HttpResponse:
    """Send how a guide is cited."""
    form, guide = _asked_for(slug, file)
    return answer(form, guide.slug, [of_guide(guide)])


@require_safe
def sources_file(request: HttpRequest, slug: str, file: str) -> HttpResponse:
    """Send each source of a guide in one file."""
    form, guide = _asked_for(slug, file)
    if not guide.sources:
        raise Http404
    return answer(form, f"{guide.slug}-sources", [of_source(each) for each in guide.sources.all()])


def _asked_for(slug: str, file: str) -> tuple[Form, GuidePage]:
    """Return a form and a guide whose text anyone may read, as its page's address finds it."""
    index = GuideIndexPage.objects.filter(locale__language_code=get_language()).first()
    if file not in FORMS or index is None:
        raise Http404
    if (guide := GuidePage.objects.with_address(slug, index).with_text_shown().first()) is None:
        raise Http404
    return FORMS[file], guide
