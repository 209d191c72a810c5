"""Where editors see how far the translations of a page are, and write one beside its original."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.models import Page

from portal.cms.models import PageTranslation
from portal.cms.translating import po_files
from portal.cms.translating.actions import begin_translation, notes_of, save_words
from portal.cms.translating.forms import READ, STILL, PageFileForm, WordsForm
from portal.cms.translating.permissions import user_can_translate, user_can_write
from portal.cms.translating.progress import progress, progress_of, rows_of
from portal.stakeholders.models import User
from portal.web.csrf import keeps_what_is_typed
from portal.web.downloads import saved_as
from portal.web.form_handling import refusal_told, take_in


@require_http_methods(["GET", "HEAD", "POST"])
def translations(request: HttpRequest, page_id: int) -> HttpResponse:
    """List the languages, each with how far its page is; begin one."""
    page = _page(request, page_id)
    if request.method == "POST":
        with refusal_told(request):
            language = request.POST.get("language", "")
            made = begin_translation(page=page, language=language, by=_staff(request))
            return redirect("page_translation", made.pk)
        return redirect(request.path)
    context = {**_frame(page, _("Translations")), "progress": progress(page)}
    return render(request, "cms_admin/translations.html", context)


@keeps_what_is_typed
@require_http_methods(["GET", "HEAD", "POST"])
def translation(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the original beside its translation; keep what is typed."""
    page, notes = _translation(request, page_id)
    draft, original = page.get_latest_revision_as_object(), notes.current_original()
    form = WordsForm(
        request.POST or None,
        rows=rows_of(draft, original, notes),
        language=page.locale.language_code,
        version=draft.latest_revision_id or 0,
    )

    def act() -> HttpResponse:
        save_words(
            page=page,
            by=_staff(request),
            words=form.words(),
            still_right=form.ticked(STILL),
            read=form.ticked(READ),
        )
        messages.success(request, _("Saved as a draft. Readers see it once it is approved."))
        return redirect(request.path)

    return take_in(request, form, act, lambda status: _show(request, page, notes, form, status))


@require_safe
def po_file(request: HttpRequest, page_id: int) -> HttpResponse:
    """Send the original, with what is there of its translation, for translators' programs."""
    page, notes = _translation(request, page_id)
    original = notes.current_original()
    rows = rows_of(page.get_latest_revision_as_object(), original, notes)
    file = _file_of(page)
    content = po_files.written(file, rows, is_public=original.live)
    name = f"{file.project}.{file.language}.po"
    return HttpResponse(content, content_type="text/x-gettext-translation", headers=saved_as(name))


@require_POST
def upload(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take over what is right in a file from a translator, and say what was not, line by line."""
    page, notes = _translation(request, page_id)
    file = PageFileForm(request.POST, request.FILES)
    if not file.is_valid():
        messages.error(request, " ".join(map(str, file.errors.get("file", []))))
        return redirect("page_translation", page_id)
    rows = rows_of(page.get_latest_revision_as_object(), notes.current_original(), notes)
    data = file.cleaned_data["file"].read()
    taken = po_files.read(data, _file_of(page), [row.segment for row in rows])
    if taken.words:
        with refusal_told(request):
            is_machine = file.cleaned_data["from_machine"]
            save_words(page=page, by=_staff(request), words=taken.words, from_machine=is_machine)
            told = ngettext(
                "%(num)d text was taken.", "%(num)d texts were taken.", len(taken.words)
            )
            messages.success(request, told % {"num": len(taken.words)})
    if not taken.problems:
        return redirect("page_translation", page_id)
    page, notes = _translation(request, page_id)
    draft = page.get_latest_revision_as_object()
    form = WordsForm(
        rows=rows_of(draft, notes.current_original(), notes),
        language=page.locale.language_code,
        version=draft.latest_revision_id or 0,
    )
    return _show(request, page, notes, form, 422, problems=taken.problems)


def _show(
    request: HttpRequest,
    page: Page,
    notes: PageTranslation,
    form: WordsForm,
    status: int,
    **extra: Any,
) -> HttpResponse:
    how_far = progress_of(page)
    title = _("Translation: %(language)s") % {"language": how_far.name}
    context = {
        **_frame(page, title),
        "form": form,
        "progress": how_far,
        "page": page,
        "original": notes.original,
        "original_language": notes.original.locale.language_code,
        "language": page.locale.language_code,
        "may_write": user_can_write(_staff(request), page.specific),
        "file_form": PageFileForm(),
        **extra,
    }
    return render(request, "cms_admin/translation.html", context, status=status)


def _frame(page: Page, title: str) -> dict[str, Any]:
    return {
        "header_title": title,
        "page_title": title,
        "header_icon": "globe",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {
                "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
                "label": page.get_admin_display_title(),
            },
            {"url": "", "label": title},
        ],
    }


def _page(request: HttpRequest, page_id: int) -> Page:
    page = get_object_or_404(Page, pk=page_id).specific
    if not user_can_translate(_staff(request), page):
        raise PermissionDenied
    return page


def _translation(request: HttpRequest, page_id: int) -> tuple[Page, PageTranslation]:
    page = _page(request, page_id)
    try:
        return page, notes_of(page)
    except PageTranslation.DoesNotExist:
        raise Http404 from None


def _file_of(page: Page) -> po_files.Of:
    return po_files.Of(f"page-{page.pk}", page.locale.language_code)


def _staff(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
