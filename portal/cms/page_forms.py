"""The page editor's form, for pages that somebody approves in it."""

import json
import re
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from portal.web.forms import TypedText

# What Wagtail itself keeps about a page, and what it numbers.
KEEPERS = frozenset(
    [
        "pk",
        "id",
        "page",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "live",
        "draft_title",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "locked",
        "locked_at",
        "locked_by",
        "url_path",
        "path",
        "depth",
        "numchild",
        "translation_key",
        "content_type",
        "owner",
        "wagtail_admin_comments",
    ]
)
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
# Signs as one program or another writes them.
SPELLINGS = {"&#x27;": "'", "&#39;": "'", "&quot;": '"', "\r\n": "\n"}
EMPTY_PARAGRAPHS = re.compile(r"(?:<p></p>)*")


class PageForm(TypedText, WagtailAdminPageForm):
    """
    Asks for what a page lacks where it is submitted, approved, published or scheduled, and for a
    title alone where it is saved or sent back. Tells a change from what comes back as it was.

    A browser gives back a row that was never published as a new one, an empty text as an empty
    paragraph, a number as text, choices in the order of their list: to Django all are changes.
    Wagtail then keeps a revision in the name of whoever approves, and somebody else has to approve
    that, for ever. So what would be kept is compared with the newest revision.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.instance.needed_to_publish:
            if name in self.fields:
                self.fields[name].required = True  # with its mark; a draft is let off
        if "slug" in self.fields:
            self.fields["slug"].required = False  # made from the title, without any script

    def is_valid(self) -> bool:
        if (
            self.data.get("workflow-action-name") == "reject"
            or "action-cancel-workflow" in self.data
        ):
            self.instance.is_sent_back = True
            self.defer_required_fields()
        return bool(super().is_valid())

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("slug") == "":
            self.cleaned_data["slug"] = self._slug_of_title()
            if not self.cleaned_data["slug"]:
                self.add_error("slug", _("Type an address: none can be made from this title."))
        return super().clean() or {}

    def _slug_of_title(self) -> str:
        slug = slugify(self.cleaned_data.get("title", ""))[:240]
        if not slug:
            return ""
        free = (each for each in (slug, *(f"{slug}-{n}" for n in range(2, 1000))))
        is_free = Page._slug_is_available  # Wagtail's own form asks it too
        return next((each for each in free if is_free(each, self.parent_page, self.instance)), "")

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation:
            return
        for name, told in self.instance.missing(timezone.now()).items():
            if name not in self.errors:
                self.add_error(name if name in self.fields else None, told)

    def has_changed(self) -> bool:
        """Say whether a valid form would keep anything that the newest revision does not say."""
        revision = self.instance.get_latest_revision() if self.instance.pk else None
        if revision is None or not super().has_changed():
            return bool(super().has_changed())
        self.save(commit=False)
        return bool(_said(json.loads(self.instance.to_json())) != _said(revision.content))


def _said(value: Any) -> Any:
    """Return what a part of a page says to its readers, in one spelling."""
    if isinstance(value, dict):
        named = {key: _said(each) for key, each in value.items() if key not in KEEPERS}
        return {key: each for key, each in named.items() if each not in (None, "", [], {})}
    if isinstance(value, list):
        said = [_said(each) for each in value]
        return sorted(said) if all(isinstance(each, str) for each in said) else said
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _plain_number(value)
    if not isinstance(value, str):
        return value
    if value.startswith("[") and (blocks := _stream(value)) is not None:
        return _said(blocks)
    text = BLOCK_KEY.sub("", value)
    for written, sign in SPELLINGS.items():
        text = text.replace(written, sign)
    return "" if EMPTY_PARAGRAPHS.fullmatch(text) else text


def _stream(value: str) -> list[Any] | None:
    """Read the blocks of a stream, which a revision holds as text; None for other text."""
    try:
        blocks = json.loads(value)
    except ValueError:
        return None
    is_stream = all(isinstance(each, dict) and "type" in each for each in blocks)
    return blocks if is_stream else None


def _plain_number(value: float | Decimal) -> str:
    """Write a number as a form gives it back, as text."""
    return format(Decimal(str(value)).normalize(), "f")
