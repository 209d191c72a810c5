"""Where the Wagtail admin meets answers: a consultation that has some is not deleted."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.responses.models import Draft, LateToken, Response
from portal.cms.keeping import keep_pages


def _holds(pages: QuerySet) -> bool:
    return any(
        model.objects.filter(consultation__in=pages).exists()
        for model in (Response, Draft, LateToken)
    )


keep_pages(
    _holds,
    _("“%(page)s” has answers or drafts of answers. Unpublish or cancel it instead."),
)
