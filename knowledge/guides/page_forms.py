"""The form of a guide, which stands under the guides of its language."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamValue

from portal.cms.blocks import anchors
from portal.cms.models.in_every_language import languages_of_pages
from portal.cms.page_forms import PageForm
from portal.languages.lists import in_words


class GuideForm(PageForm):
    """
    Proposes the language of the guides above, and takes one of the others' from no new guide.

    What a consultation changed is a part that the text has: its heading is looked for. A title in
    another language is in one that neither the guide nor a translation of it has.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and self.parent_page:
            self.initial["content_language"] = self.parent_page.locale.language_code
        versions = self.instance.kept_versions
        if versions and versions[0].note == self.instance.change_note:
            # It was of the text that readers have; the next one has another.
            self.initial.update(change_note="", is_minor_change=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = cleaned.get("content_language", "")
        own = self.parent_page.locale.language_code if self.parent_page else chosen
        if self.instance.pk is None and chosen != own and chosen in languages_of_pages():
            told = _("Begin a guide in this language under the guides of that language.")
            self.add_error("content_language", told)
        if "titles" in self.formsets:
            self._look_for_other_titles(chosen)
        if "influences" in self.formsets and cleaned.get("body") is not None:
            self._look_for_parts(cleaned["body"])
        return cleaned

    def _look_for_other_titles(self, own: str) -> None:
        """Tell at its field a language that the guide, a row above or a translation has already."""
        page = self.instance
        there = set(page.get_translations().values_list("locale__language_code", flat=True))
        seen: set[str] = set()
        for form in self.formsets["titles"].forms:
            language = form.cleaned_data.get("language", "") if form.is_valid() else ""
            if not language or form.cleaned_data.get("DELETE"):
                continue
            if language == own:
                told = _("The guide is in this language: write its title and summary above.")
                form.add_error("language", told)
            elif language in seen:
                form.add_error("language", _("This language is there already."))
            elif language in there:
                told = _("There is a translation in this language. Write its title there.")
                form.add_error("language", told)
            seen.add(language)

    def _look_for_parts(self, body: StreamValue) -> None:
        """Tell at its field a heading that the text does not have."""
        headings = anchors(body)
        rows = self.formsets["influences"]
        for form in rows.forms:
            part = getattr(form, "cleaned_data", {}).get("part", "") if form.is_valid() else ""
            if part and part not in headings and not form.cleaned_data.get("DELETE"):
                told = _("The text has no heading “%(part)s”. It has these: %(headings)s.")
                values = {"part": part, "headings": in_words(f"“{each}”" for each in headings)}
                none = _("The text has no headings. Leave this empty: the whole guide changed.")
                form.add_error("part", told % values if headings else none)
