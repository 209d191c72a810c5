"""The form of a guide, which stands under the guides of its language."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.cms.models.in_every_language import languages_of_pages
from portal.cms.page_forms import PageForm


class GuideForm(PageForm):
    """Proposes the language of the guides above, and takes one of the others' from no new guide."""

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
        return cleaned
