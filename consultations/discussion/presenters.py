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
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from consultations.discussion.policy import HideReason, rule_href
from consultations.discussion.text import as_html
from consultations.discussion.threads import paths
from consultations.discussion.threads.queries import CommentRow

CLOSE_ITEM = "</li>"
CLOSE_BRANCH = "</ol></details></li>"
# Down to which level a reply stands further in than what it answers; the style sheet says the same.
INDENTED = 5


class Shown(NamedTuple):
    """
    A comment as the template writes it, in this order. Every text is HTML: escaped here, once.

    `lead` is the mark-up that closes and opens lists before it; `hidden` is the published reason
    of a moderator, a link to its rule, "" where none has hidden it; `is_gone` says that it was
    hidden or removed, and nothing of it may be shown. `parent_name` and `level` are "" where it
    starts a branch; `parent_href` is "" as well where what it answers is seen right above it.
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


def present(
    rows: Sequence[CommentRow], *, nested: bool, narrowed: bool = False, goes_on: bool = False
) -> tuple[list[Shown], Markup]:
    """
    Return the comments of a page, and the mark-up that closes the lists after the last.

    `nested` puts replies in lists within their parent's item, as far as the parent is on the page;
    otherwise the list is flat. In either case every comment tells what it answers. `narrowed`: some
    comments are left out between those; `goes_on`: the thread does not end with them.
    """
    former = escape(_("Former member"))
    hidden_comment, removed_comment = escape(_("a hidden comment")), escape(_("a removed comment"))
    level_text = escape(_("reply, level %s"))
    levels = [str(level_text % level) for level in range(paths.MAX_DEPTH + 1)]
    replies_text = escape(_("Replies to %s:")).replace("%s", Markup("<bdi>%s</bdi>"))
    below = _replies(rows) if nested else {}
    cut = rows[-1].path if rows and goes_on else ""
    reasons = {
        key: f'<a class="link" href="{escape(rule_href(key))}">{escape(label)}</a>'
        for key, label in HideReason.choices
    }
    language = get_language()
    on_page = {row.id for row in rows}
    elsewhere = reverse("comment_permalink", args=[0]).removesuffix("0")
    shown: list[Shown] = []
    branch: list[str] = []  # paths of the items that are open
    above_id = 0
    name = above_name = ""
    for row in rows:
        path, parent_id, written = row.path, row.parent_id, row.created_at
        hidden = "" if row.removed_on else row.hidden_reason
        is_gone = bool(hidden or row.removed_on)
        if not nested:
            lead = CLOSE_ITEM if shown else ""
        elif branch and path.startswith(branch[-1]):
            above = replies_text % above_name
            partly = narrowed or cut.startswith(branch[-1])
            told = _told(*below[branch[-1]], partly, language)
            lead = (
                '<details class="replies" open><summary><span class="govuk-visually-hidden">'
                f"{above} </span>{told}</summary><ol>"
            )
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
            depth = paths.depth(path)
            level = levels[depth]
            # Seen where the indent shows it; from there on, words alone tell it.
            if not nested or parent_id != above_id or depth > INDENTED:
                place = "#c-" if parent_id in on_page else elsewhere
                parent_href = f"{place}{parent_id}"
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
                _day(written.date(), language),
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
        above_id = row.id
    tail = CLOSE_ITEM + CLOSE_BRANCH * (len(branch) - 1) if shown else ""
    return shown, Markup(tail)  # noqa: S704 - constants


def _replies(rows: Sequence[CommentRow]) -> dict[str, tuple[int, int, int]]:
    """Return for each path how many replies follow below it, of how many groups, and official."""
    on_page = {row.path for row in rows}
    found: dict[str, tuple[int, set[str], int]] = {}
    below: dict[str, tuple[int, int, int]] = {}
    for row in reversed(rows):
        path = row.path
        count, groups, official = found.pop(path, (0, set(), 0))
        if count:
            below[path] = (count, len(groups), official)
        above = path[: -paths.WIDTH]
        while above and above not in on_page:
            above = above[: -paths.WIDTH]
        if not above:
            continue
        if not row.removed_on and not row.hidden_reason:
            groups.add(row.group)
            official += bool(row.is_official)
        if above in found:
            others, of_groups, of_officials = found[above]
            count, official = count + others, official + of_officials
            groups |= of_groups
        found[above] = (count + 1, groups, official)
    return below


@lru_cache(maxsize=4096)
def _told(replies: int, groups: int, official: int, partly: bool, language: str | None) -> str:
    """Tell what follows below a comment; `language`, which is active, is there for the cache."""
    if partly:
        words = ngettext("%d reply on this page", "%d replies on this page", replies) % replies
    else:
        words = ngettext("%d reply", "%d replies", replies) % replies
    more = []
    if groups > 1:
        more.append(ngettext("%d group", "%d groups", groups) % groups)
    if official:
        more.append(ngettext("%d official answer", "%d official answers", official) % official)
    about = f'<span class="replies__about">{escape(" · ".join(more))}</span>' if more else ""
    return f"{escape(words)} {about}"


@lru_cache(maxsize=4096)
def _day(on: date, language: str | None) -> str:
    """Write a day out in the language that is active, which `language` names for the cache."""
    return str(escape(formats.date_format(on)))
