"""The page editor's form, for pages that somebody approves in it."""

import json
import re
from decimal import Decimal
from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

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
    Tells a change from what comes back as it was.

    A browser gives back a row that was never published as a new one, an empty text as an empty
    paragraph, a number as text, choices in the order of their list: to Django all are changes.
    Wagtail then keeps a revision in the name of whoever approves, and somebody else has to approve
    that, for ever. So what would be kept is compared with the newest revision.
    """

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
