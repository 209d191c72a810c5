"""What waits in discussions, on the home page of the admin: for moderators, and for officials."""

from collections.abc import Sequence
from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.discussion.models import Appeal, Comment
from portal.web.dashboard import MOST, Line, WorkPanel

NEW = timedelta(days=7)
# What a panel quotes of a comment.
QUOTED = 90


def answer_href(comment: Comment) -> str:
    """Return the page on which a comment is answered, officially by those who may."""
    return reverse("discussion:reply", args=[comment.thread.consultation.slug, comment.pk])


class CommentsPanel(WorkPanel):
    """Appeals that wait, and how much was posted lately: for moderators."""

    name = "comments"
    order = 61
    heading = gettext_lazy("Comments")

    def lines(self, request: HttpRequest) -> Sequence[Line]:
        appeals = Appeal.objects.undecided().count_and_oldest()
        posted = Comment.objects.shown().filter(created_at__gte=timezone.now() - NEW).count()
        of_appeals = Line(_("No appeal waits for a decision."), reverse("moderate_appeals"))
        if appeals["count"]:
            of_appeals = of_appeals._replace(
                text=ngettext(
                    "%(n)d appeal about a hidden comment waits for a decision.",
                    "%(n)d appeals about hidden comments wait for a decision.",
                    appeals["count"],
                )
                % {"n": appeals["count"]},
                detail=_(
                    "The oldest was made on %(day)s. The moderator who hid the comment cannot "
                    "decide it."
                )
                % {"day": date_format(appeals["oldest"])},
            )
        of_comments = ngettext(
            "%(n)d comment was posted in the last seven days.",
            "%(n)d comments were posted in the last seven days.",
            posted,
        ) % {"n": posted}
        return [of_appeals, Line(of_comments, reverse("moderate_comments"))]


class ToAnswerPanel(WorkPanel):
    """Comments to an official's body that wait for an answer, the oldest first."""

    name = "to-answer"
    order = 15
    heading = gettext_lazy("Comments that wait for an answer of your organisation")
    empty = gettext_lazy("No comment waits for an answer of your organisation.")
    more_words = gettext_lazy("All comments that wait for an answer")

    def more_href(self) -> str:
        return reverse("comments_to_answer")

    def lines(self, request: HttpRequest) -> Sequence[Line]:
        body = getattr(request.user, "organisation_id", None)
        if body is None:
            return [Line(_("Your account names no organisation yet. Ask an administrator."))]
        found = Comment.objects.waiting_for_body(body, timezone.now())
        return [
            Line(
                Truncator(comment.body).chars(QUOTED),
                answer_href(comment),
                _("%(name)s, %(day)s, “%(consultation)s”")
                % {
                    "name": comment.speaker,
                    "day": date_format(comment.created_at),
                    "consultation": comment.thread.consultation.title,
                },
            )
            for comment in found.select_related("thread__consultation")[:MOST]
        ]
