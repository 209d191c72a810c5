"""Moving a guide to the guides of its language."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from knowledge.guides.models import GuideIndexPage, GuidePage
from portal.search.pages import refresh


def move_to_its_language(guide: GuidePage) -> str:
    """
    Move a guide below the guides of the language that it is in, and say what was done.

    It stays where it is if there are none, or one of them has its address. The old address still
    finds it: what one language does not have is looked for in all others.
    """
    language = guide.content_language
    index = GuideIndexPage.objects.filter(locale__language_code=language).first()
    if index is None:
        return _("It stays: there is no list of guides in its language.")
    if Page.objects.child_of(index).filter(slug=guide.slug).exists():
        return _("It stays: a guide in its language has the same address.")
    if guide.get_translations().filter(locale=index.locale_id).exists():
        return _("It stays: it has a translation into its own language.")
    with transaction.atomic():
        guide.move(index, pos="last-child")
        Page.objects.filter(pk=guide.pk).update(locale=index.locale_id)
        refresh(GuidePage.objects.get(pk=guide.pk))
    return _("Moved.")
