"""What is known of a page that is the translation of another."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Page

from portal.cms.texts.pages import segments_of, untranslated, words_in


class PageTranslation(models.Model):
    """
    Of which wording of the original each text of a translation is one.

    `of` has a digest of the original by key; what it lacks is not translated. `by_machine` are the
    keys of texts that a machine wrote and nobody has read yet.
    """

    page = models.OneToOneField(Page, models.CASCADE, related_name="translation_notes")
    original = models.ForeignKey(Page, models.CASCADE, related_name="+")
    of: Any = models.JSONField(default=dict)
    by_machine: Any = models.JSONField(default=list)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("translation of a page")
        verbose_name_plural = _("translations of pages")

    def __str__(self) -> str:
        return f"{self.page_id}"

    def current_original(self) -> Any:
        """Return the original as its readers have it; where it is a draft, as it is written."""
        page = self.original.specific
        return page if page.live else page.get_latest_revision_as_object()


def as_translated(page: Page, original: Page, *, is_current: bool = True) -> PageTranslation:
    """Return, unsaved, that a page translates its original: as it is now, or an older wording."""
    original = original.specific
    words = words_in(page.specific.get_latest_revision_as_object(), original)
    of = {
        each.key: each.digest if is_current else ""
        for each in segments_of(original)
        if words.get(each.key)
    }
    return PageTranslation(page_id=page.pk, original_id=original.pk, of=of)


def unfinished(page: Any) -> str:
    """Say what of a translation is not ready for readers, or ""; of an original nothing."""
    notes = PageTranslation.objects.filter(page=page.pk).select_related("original").first()
    if notes is None:
        return ""
    told = []
    left = untranslated(page, notes.current_original(), notes.of)
    if missing := sum(each.area not in page.left_in_original() for each in left):
        told.append(
            ngettext(
                "%(num)d text is not translated yet.",
                "%(num)d texts are not translated yet.",
                missing,
            )
            % {"num": missing}
        )
    if machine := len(notes.by_machine):
        told.append(
            ngettext(
                "%(num)d text is a machine’s, and nobody has read it yet.",
                "%(num)d texts are a machine’s, and nobody has read them yet.",
                machine,
            )
            % {"num": machine}
        )
    return " ".join(told)
