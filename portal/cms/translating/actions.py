"""Beginning the translation of a page, and writing its words: a draft, which somebody approves."""

from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Locale, Page

from portal.cms.models import PageTranslation
from portal.cms.models.page_translation import as_translated
from portal.cms.texts.faults import checked
from portal.cms.texts.pages import put_words, segments_of, words_in
from portal.cms.texts.segments import digest_of
from portal.cms.translating.errors import (
    IsThereError,
    LockedError,
    ParentNotThereError,
    WordsAtFaultError,
)
from portal.cms.translating.permissions import user_can_translate, user_can_write
from portal.stakeholders.models import User


def begin_translation(*, page: Page, language: str, by: User) -> Page:
    """
    Make a draft of a page in the tree of another language, with the words of the original.

    It is not published before every text is translated. Raises PermissionDenied, and Refused where
    it is there or has nowhere to stand.
    """
    original = page.specific
    if not user_can_translate(by, original) or language not in dict(settings.LANGUAGES):
        raise PermissionDenied
    with transaction.atomic():
        Page.objects.select_for_update().get(pk=page.pk)  # of two at once, one makes it
        locale, _created = Locale.objects.get_or_create(language_code=language)
        if original.has_translation(locale):
            raise IsThereError
        above = original.get_parent()
        parent = above if above.is_root() else above.get_translation_or_none(locale)
        if parent is None:
            raise ParentNotThereError
        if not parent.specific.permissions_for_user(by).can_add_subpage():
            raise PermissionDenied
        draft = original.copy_for_translation(locale).specific
        draft.owner = by
        draft.come_into_language(language)
        notes = PageTranslation.objects.create(page_id=draft.pk, original_id=original.pk)
        put_words(draft, notes.current_original(), {}, {})
        draft.full_clean()
        draft.save(clean=False)
        draft.save_revision(user=by, clean=False)
    return draft


def save_words(
    *,
    page: Page,
    by: User,
    words: Mapping[str, str],
    still_right: Collection[str] = (),
    read: Collection[str] = (),
    from_machine: bool = False,
) -> PageTranslation:
    """
    Keep words of a translation by the keys of its original, as a draft.

    Keys that are not named stay as they are; an empty text brings the original's words back.
    `still_right` are texts that are right though the original has changed, `read` those of a
    machine that this person has read. With `from_machine` the words are a machine's, and the page
    is not published before somebody has read them. Raises PermissionDenied, and Refused.
    """
    with transaction.atomic():
        page = Page.objects.select_for_update().get(pk=page.pk).specific
        notes = notes_of(page)
        draft = page.get_latest_revision_as_object()
        _may_write(by, page)
        original = notes.current_original()
        segments = {each.key: each for each in segments_of(original)}
        current = {key: text for key, text in words_in(draft, original).items() if key in segments}
        said, wrong = checked(segments, words)
        if wrong:
            raise WordsAtFaultError(wrong)
        kept = {
            key: text
            for key, text in current.items()
            if key in notes.of or digest_of(text) != segments[key].digest
        }
        before, machine = dict(notes.of), set(notes.by_machine)
        for key, text in said.items():
            if not text:
                kept.pop(key, None)
                notes.of.pop(key, None)
                machine.discard(key)
            elif key not in notes.of or text != current.get(key):
                kept[key], notes.of[key] = text, segments[key].digest
                (machine.add if from_machine else machine.discard)(key)
        notes.of.update({key: segments[key].digest for key in still_right if key in kept})
        notes.of = {key: digest for key, digest in notes.of.items() if key in segments}
        notes.by_machine = sorted((machine - set(read)) & segments.keys())
        put_words(draft, original, kept, before)
        draft.minimal_clean()
        draft.save_revision(user=by, clean=False)
        notes.save()
        return notes


def notes_of(page: Page) -> PageTranslation:
    """
    Return what is known of a translation; unsaved, and up to date, of one that was not made here.

    Raises PageTranslation.DoesNotExist for a page that translates nothing.
    """
    if notes := PageTranslation.objects.filter(page=page.pk).select_related("original").first():
        return notes
    others = page.get_translations().order_by("pk")
    first = others.filter(locale__language_code=settings.LANGUAGE_CODE).first() or others.first()
    if first is None or page.locale.language_code == settings.LANGUAGE_CODE:
        raise PageTranslation.DoesNotExist
    return as_translated(page, first)


def _may_write(by: User, page: Any) -> None:
    if not page.permissions_for_user(by).can_edit():
        raise PermissionDenied
    if not user_can_write(by, page):
        raise LockedError
