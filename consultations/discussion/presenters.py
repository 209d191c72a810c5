"""
From rows to what the thread's template writes: nesting, dates, names.

This and the template are the hot path of the portal: whatever can be worked out once a page is
worked out here, not once a comment there.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from consultations.discussion.policy import HideReason, rule_href
from consultations.discussion.text import as_html
from consultations.discussion.threads import paths
from consultations.discussion.threads.queries import CommentRow

CLOSE_ITEM = "</li>"
CLOSE_BRANCH = "</ol></details></li>"


class Shown(NamedTuple):
    """
    A comment as the template writes it, in this order. Every text is HTML: escaped here, once.

    `lead` is the mark-up that closes and opens lists before it; `hidden` is the published reason
    of a moderator, a link to its rule, "" where none has hidden it; `is_gone` says that it was
    hidden or removed, and nothing of it may be shown. `parent_href` and `level` are "" where it
    starts a branch.
    """

    lead: str
    id: int
    name: str
    level: str
    group: str
    organisation: str
    is_verified: bool
    is_official: bool
    iso: str
    when: str
    is_edited: bool
    language: str
    body: str
    hidden: str
    is_gone: bool
    parent_href: str
    parent_name: str
    author_id: int | None


def present(rows: Sequence[CommentRow], *, nested: bool) -> tuple[list[Shown], Markup]:
    """
    Return the comments of a page, and the mark-up that closes the lists after the last.

    `nested` puts replies in lists within their parent's item, as far as the parent is on the page;
    otherwise the list is flat. In either case every comment tells what it answers.
    """
    former = escape(_("Former member"))
    hidden_comment, removed_comment = escape(_("a hidden comment")), escape(_("a removed comment"))
    level_text = escape(_("reply, level %s"))
    levels = [str(level_text % level) for level in range(paths.MAX_DEPTH + 1)]
    replies_text = escape(_("Replies to %s"))
    reasons = {
        key: f'<a class="link" href="{escape(rule_href(key))}">{escape(label)}</a>'
        for key, label in HideReason.choices
    }
    language = get_language()
    on_page = {row.id for row in rows}
    elsewhere = reverse("comment_permalink", args=[0]).removesuffix("0")
    shown: list[Shown] = []
    branch: list[str] = []  # paths of the items that are open
    name = above_name = ""
    for row in rows:
        path, parent_id, written = row.path, row.parent_id, row.created_at
        hidden = "" if row.removed_on else row.hidden_reason
        is_gone = bool(hidden or row.removed_on)
        if not nested:
            lead = CLOSE_ITEM if shown else ""
        elif branch and path.startswith(branch[-1]):
            above = replies_text % above_name
            lead = f'<details class="replies" open><summary>{above}</summary><ol>'
            branch.append(path)
        else:
            lead = ""
            while branch and not path.startswith(branch[-1]):
                branch.pop()
                lead += CLOSE_BRANCH if lead else CLOSE_ITEM
            branch.append(path)
        name = "" if is_gone else escape(row.author_name) or former
        above_name = name or (hidden_comment if hidden else removed_comment)
        parent_href = parent_name = level = ""
        if parent_id:
            level = levels[paths.depth(path)]
            parent_href = f"#c-{parent_id}" if parent_id in on_page else f"{elsewhere}{parent_id}"
            if row.parent_removed:
                parent_name = removed_comment
            elif row.parent_hidden:
                parent_name = hidden_comment
            else:
                parent_name = escape(row.parent_name or former)
        shown.append(
            Shown(
                lead,
                row.id,
                name,
                level,
                row.group,
                "" if is_gone else escape(row.organisation_name),
                bool(row.is_verified),
                row.is_official,
                f"{written.isoformat()[:16]}Z",
                f"{_day(written.date(), language)}, {written.hour:02}:{written.minute:02} UTC",
                row.edited_at is not None,
                row.language,
                "" if is_gone else as_html(row.body),
                reasons.get(hidden) or escape(hidden),
                is_gone,
                parent_href,
                parent_name,
                row.author_id,
            )
        )
    tail = CLOSE_ITEM + CLOSE_BRANCH * (len(branch) - 1) if shown else ""
    return shown, Markup(tail)  # noqa: S704 - constants


@lru_cache(maxsize=4096)
def _day(on: date, language: str | None) -> str:
    """Write a day out in the language that is active, which `language` names for the cache."""
    return str(escape(formats.date_format(on, "j F Y")))
