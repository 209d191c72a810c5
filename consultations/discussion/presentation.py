"""
From rows to what the thread's template writes: nesting, dates, names.

This and the template are the hot path of the portal: whatever can be worked out once a page is
worked out here, not once a comment there.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from consultations.discussion import paths
from consultations.discussion.models import HideReason
from consultations.discussion.queries import CommentRow
from consultations.discussion.texts import linked

CLOSE_ITEM = "</li>"
CLOSE_BRANCH = "</ol></details></li>"


class Shown(NamedTuple):
    """
    A comment as the template writes it, in this order.

    `lead` is the mark-up that closes and opens lists before it; `body` is text to be escaped or
    HTML; `hidden` is the published reason, "" where the comment is shown; `parent_href` is "" where
    it starts a branch; `level` is "" there too.
    """

    lead: Markup
    id: int
    name: str
    level: str
    group: str
    affiliation: str
    is_verified: bool
    is_official: bool
    iso: str
    when: str
    is_edited: bool
    language: str
    body: str | Markup
    hidden: str
    parent_href: str
    parent_name: str
    author_id: int | None


def present(rows: Sequence[CommentRow], *, nested: bool) -> tuple[list[Shown], Markup]:
    """
    The comments of a page, and the mark-up that closes the lists after the last.

    `nested` puts replies in lists within their parent's item, as far as the parent is on the page;
    otherwise the list is flat. In either case every comment tells what it answers.
    """
    former = _("Former member")
    hidden_comment = _("a hidden comment")
    level_text = _("reply, level %s")
    replies_text = escape(_("Replies to %s"))
    reasons = dict(HideReason.choices)
    on_page = {row.id for row in rows}
    elsewhere = reverse("comment_permalink", args=[0]).removesuffix("0")
    shown: list[Shown] = []
    branch: list[str] = []  # paths of the items that are open
    for row in rows:
        path, hidden = row.path, row.hidden_reason
        name = former if row.author_name is None else row.author_name
        if not nested:
            lead = CLOSE_ITEM if shown else ""
        elif branch and path.startswith(branch[-1]):
            parent = shown[-1].name or hidden_comment
            lead = (
                '<details class="replies" open><summary>'
                f"{replies_text % escape(parent)}</summary><ol>"
            )
            branch.append(path)
        else:
            lead = ""
            while branch and not path.startswith(branch[-1]):
                branch.pop()
                lead += CLOSE_BRANCH if lead else CLOSE_ITEM
            branch.append(path)
        parent_id = row.parent_id
        shown.append(
            Shown(
                Markup(lead),  # noqa: S704 - made of constants and an escaped name
                row.id,
                "" if hidden else name,
                level_text % (len(path) // paths.WIDTH) if parent_id else "",
                row.group,
                row.organisation or row.affiliation or "",
                row.organisation is not None,
                row.is_official,
                row.created_at.isoformat(timespec="minutes"),
                when(row.created_at),
                row.edited_at is not None,
                row.language,
                "" if hidden else linked(row.body),
                str(reasons.get(hidden, hidden)),
                ("#c-" if parent_id in on_page else elsewhere) + str(parent_id)
                if parent_id
                else "",
                hidden_comment if row.parent_hidden else row.parent_name or former,
                row.author_id,
            )
        )
    tail = CLOSE_ITEM + CLOSE_BRANCH * (len(branch) - 1) if shown else ""
    return shown, Markup(tail)  # noqa: S704 - constants


def when(moment: datetime) -> str:
    """An aware datetime in UTC, to the minute, e.g. "24 November 2026, 09:05 UTC"."""
    return f"{_day(moment.date(), get_language())}, {moment:%H:%M} UTC"


@lru_cache(maxsize=4096)
def _day(on: date, language: str | None) -> str:
    return formats.date_format(on, "j F Y")
