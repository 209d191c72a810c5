"""What a page of a discussion is made of: the consultation, where its thread stands, the reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta
from functools import cached_property
from math import ceil
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.calls import tabs
from consultations.calls.models import ConsultationPage
from consultations.calls.permissions import user_has_interest
from consultations.discussion.models import Comment, Thread
from consultations.discussion.permissions import (
    is_open,
    user_can_answer_officially,
    user_can_comment,
    user_can_moderate,
    user_is_moderator,
)
from consultations.discussion.presenters import present
from consultations.discussion.tabs import KEY
from consultations.discussion.text import as_html
from consultations.discussion.threads.figures import (
    NO_FIGURES,
    Figures,
    at_most,
    figures_of,
)
from consultations.discussion.threads.queries import PAGE_SIZE, CommentPage, CommentRow, Standing
from portal.taxonomy.vocabularies import GROUP
from portal.web.addresses import href

ANCHORS = ("after", "before", "at")
# What an address says of official answers alone.
YES = "1"
# No id has more digits; the database would refuse to compare a longer number.
LONGEST_ID = 12
# Longer than a redirect takes on a slow phone, shorter than anybody comes back by the permalink.
JUST_NOW = timedelta(minutes=1)


@dataclass
class Discussion:
    """A consultation's discussion as one reader sees it."""

    request: HttpRequest
    consultation: ConsultationPage
    thread: Thread | None

    @classmethod
    def or_404(cls, request: HttpRequest, slug: str) -> "Discussion":
        """Return the discussion of the published consultation with this slug; raises Http404."""
        page = (
            ConsultationPage.objects.readable()
            .select_related("host", "thread")
            .filter(slug=slug)
            .first()
        )
        thread = getattr(page, "thread", None)
        if page is None or not (page.discussion_enabled or thread):
            raise Http404
        return cls(request, page.in_language(), thread)

    @property
    def address(self) -> str:
        return reverse("discussion:thread", args=[self.consultation.slug])

    @cached_property
    def is_open(self) -> bool:
        page, thread = self.consultation, self.thread
        standing = Standing(
            page.live,
            page.discussion_enabled,
            page.opens_at,
            page.closes_at,
            page.outcome_published_at,
            page.cancelled_at,
            thread.pk if thread else None,
            thread.closed_at if thread else None,
        )
        return is_open(standing, timezone.now())

    @property
    def may_comment(self) -> bool:
        return self.is_open and user_can_comment(self.request.user)

    @property
    def may_be_official(self) -> bool:
        return user_can_answer_officially(self.request.user, self.consultation)

    def comment_or_404(self, comment_id: int) -> Comment:
        """Return a comment of this discussion; raises Http404."""
        thread_id = self.thread.pk if self.thread else None
        return get_object_or_404(Comment, thread=thread_id, pk=comment_id)

    def context(self, title: str) -> dict[str, Any]:
        """Return what all pages of a discussion show; `title` names the page in its breadcrumbs."""
        page = self.consultation
        crumbs = page.breadcrumbs_below()
        if title != _("Discussion"):
            crumbs.append({"text": _("Discussion"), "href": self.address})
        back = urlencode({"next": self.request.get_full_path()})
        return {
            "consultation": page,
            "thread": self.thread,
            "address": self.address,
            "permalink": reverse("comment_permalink", args=[0]).removesuffix("0"),
            "own": reverse("account_comments"),
            "sign_in_href": f"{reverse('account_login')}?{back}",
            "sign_up_href": f"{reverse('account_signup')}?{back}",
            "title": title,
            "breadcrumb_items": [*crumbs, {"text": title}],
            "is_open": self.is_open,
            "may_comment": self.may_comment,
            "may_moderate": (may := user_can_moderate(self.request.user, self.consultation)),
            "has_interest": not may
            and user_is_moderator(self.request.user)
            and user_has_interest(self.request.user, self.consultation.pk),
        }

    def comments(self) -> dict[str, Any]:
        """
        Return the page of comments that the address asks for.

        Raises Http404 where it names a comment that is not here, an order or a group that we do
        not know, or a page beyond the end. Three queries; four for `at`.
        """
        asked = self.request.GET
        kept = {name: asked.get(name, "") for name in ("order", "group", "official")}
        order, group, official = kept.values()
        if (
            order not in ("", "newest")
            or (group and group not in GROUP)
            or official not in ("", YES)
        ):
            raise Http404
        anchors: dict[str, Any] = {
            name: id_or_404(asked[name]) for name in ANCHORS if name in asked
        }
        if len(anchors) > 1 or (anchors and self.thread is None):
            raise Http404
        narrowing: dict[str, Any] = {
            "newest": order == "newest",
            "group": group,
            "official": bool(official),
        }
        page = CommentPage([], None, None)
        if self.thread:
            page = Comment.objects.page(self.thread.pk, **narrowing, **anchors)
            if anchors and not page.rows:
                raise Http404
        shown, tail = present(
            page.rows,
            nested=not order,
            narrowed=bool(group or official),
            goes_on=page.after is not None,
        )
        figures = figures_of(self.thread.pk, page.rows, **narrowing) if self.thread else NO_FIGURES
        total = self._total(kept, figures)
        return {
            "comments": shown,
            "tail": tail,
            "just_done": self._just_done(page.rows, anchors.get("at")),
            "is_filtered": bool(group or official),
            "total": total,
            "position": _position(figures.before, total) if page.before or page.after else "",
            "previous_href": href(kept, before=page.before) if page.before else "",
            "next_href": href(kept, after=page.after) if page.after else "",
            "orders": [
                _choice(_("In reading order"), kept, "order", "", order),
                _choice(_("Newest first"), kept, "order", "newest", order),
            ],
            "groups": _bars(kept, figures),
            "official_answers": {
                "count": at_most(figures.official),
                "href": href(kept, official=YES, group=""),
                "current": bool(official),
            },
            "everything_href": href(kept, official="", group=""),
        }

    def _total(self, kept: dict[str, str], figures: Figures) -> Any:
        """Return how many comments the list has that was asked for, as it is told."""
        if kept["official"]:
            return at_most(figures.official) if not kept["group"] else ""
        if kept["group"]:
            return at_most(figures.by_group[kept["group"]])
        return next((each["count"] for each in self.section_items if each["current"]), "")

    def _just_done(self, rows: Sequence[CommentRow], at: int | None) -> dict[str, Any]:
        """
        Tell an author of the comment that the address names, right after writing it.

        From the comment itself, not from the session: a message kept there costs each post a write.
        """
        mine = (row for row in rows if row.id == at and row.author_id == self.request.user.pk)
        comment = next(mine, None)
        if comment is None:
            return {}
        done = comment.edited_at or comment.created_at
        if timezone.now() - done.replace(tzinfo=UTC) > JUST_NOW:
            return {}
        is_new = comment.edited_at is None
        words = _("Your comment is published.") if is_new else _("Your comment is changed.")
        return {"id": comment.id, "words": words}

    @cached_property
    def section_items(self) -> list[dict[str, object]]:
        return tabs.links(self.consultation, KEY)


def place_of(slug: str, comment: Comment) -> str:
    """Return the address of a comment where it stands in its thread."""
    return f"{reverse('discussion:thread', args=[slug])}?at={comment.pk}#c-{comment.pk}"


def page_about(
    discussion: Discussion,
    comment: Comment,
    template: str,
    title: str,
    status: int = 200,
    **extra: Any,
) -> HttpResponse:
    """Return a page about one comment."""
    shown = {"comment": comment, "body": as_html(comment.body)}
    context = {**discussion.context(title), **shown, **extra}
    return page_of(discussion, template, context, status)


def page_of(
    discussion: Discussion, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Return a page of a discussion; none is to be listed by search engines."""
    response = render(
        discussion.request, f"consultations/discussion/{template}.html", context, status=status
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def id_or_404(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_ID):
        raise Http404
    return int(text)


def _choice(
    text: Any, kept: dict[str, str], name: str, value: str, current: str
) -> dict[str, object]:
    return {"text": text, "href": href(kept, **{name: value}), "current": value == current}


def _bars(kept: dict[str, str], figures: Figures) -> list[dict[str, object]]:
    """Return who has spoken: each group that has, and how its count compares with the largest."""
    most = max(figures.by_group.values(), default=0)
    return [
        {
            "key": key,
            "count": at_most(count),
            "share": max(1, round(100 * count / most)),
            "href": href(kept, group=key, official=""),
            "current": key == kept["group"],
        }
        for key, count in figures.by_group.items()
        if count
    ]


def _position(before: int | None, total: int | str) -> str:
    """Say which page begins after so many comments; "" where nobody counted so far."""
    if before is None:
        return ""
    page = before // PAGE_SIZE + 1
    if isinstance(total, str):
        return _("Page %(page)s") % {"page": page}
    pages = max(page, ceil(total / PAGE_SIZE))
    return _("Page %(page)s of %(pages)s") % {"page": page, "pages": pages}
