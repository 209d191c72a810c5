"""Whether a page is for everybody, asked in the query that reads it."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageViewRestriction


def is_restricted() -> Exists:
    """
    Return whether a page, or one above it, is not for everybody; the page is the query's own.

    Wagtail's `public()` says the same after a query of its own, which reads every restriction.
    """
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restricted = PageViewRestriction.objects.annotate(path=path)
    return Exists(restricted.filter(path__startswith=F("page__path")))
