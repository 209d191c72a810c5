"""The Atom feed of a discussion. It names nobody: that stands on the page, which can be undone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import conditional_page, require_safe

from consultations.calls.models import ConsultationPage
from consultations.discussion import tabs
from consultations.discussion.models import Comment
from portal.languages.addresses import asked_language, keeping_language
from portal.web.atom import Entry, Feed

ENTRIES = 50
# Characters of a comment; the page has all of it.
HEADING, LONGEST = 60, 600


@require_safe
@conditional_page
def discussion(request: HttpRequest, slug: str) -> HttpResponse:
    """Serve the newest comments that everybody may read."""
    page = ConsultationPage.objects.readable().filter(slug=slug).first()
    where = tabs.href(page) if page else ""
    if page is None or not where:
        raise Http404
    found = Comment.objects.shown().filter(thread__consultation=page.pk).order_by("-pk")
    comments = found.only("body", "language", "is_official", "created_at")[:ENTRIES]
    language = asked_language(request) or page.original_language
    with override(language):
        page = page.in_language()
        feed = Feed(
            title=_("Discussion: %(title)s") % {"title": page.title},
            subtitle=_("New comments"),
            page=where,
            address=keeping_language(reverse("discussion_feed", args=[slug])),
            language=language,
            entries=[_entry(comment) for comment in comments],
        )
        answer = feed.answer(request)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _entry(comment: Comment) -> Entry:
    label = _("Official answer") if comment.is_official else _("Comment")
    return Entry(
        kind="comment",
        key=str(comment.pk),
        title=f"{label}: {Truncator(comment.body).chars(HEADING)}",
        path=comment.get_absolute_url(),
        at=comment.created_at.replace(second=0, microsecond=0),
        summary=Truncator(comment.body).chars(LONGEST),
        label=label,
        language=comment.language,
    )
