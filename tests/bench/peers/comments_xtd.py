"""django-comments-xtd: `(thread_id, order)` order, its own list template, offset pages."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tests.bench import generator, worker
from tests.bench.peers.peer import TOPIC, Peer, configure


class CommentsXtd(Peer):
    def insert_rows(self, rows: list[generator.Row]) -> None:
        self.insert_comments(rows)
        nested: Counter[int] = Counter()
        order: Counter[int] = Counter()
        values = []
        for row in sorted(rows, key=lambda row: row.path):
            above = [
                int(row.path[start : start + generator.SEGMENT], 36)
                for start in range(0, len(row.path) - generator.SEGMENT, generator.SEGMENT)
            ]
            nested.update(above)
            root = above[0] if above else row.id
            order[root] += 1
            values.append((row.id, root, row.parent_id or row.id, row.depth - 1, order[root]))
        self.insert_many(
            "django_comments_xtd_xtdcomment",
            "comment_ptr_id thread_id parent_id level order followup nested_count".replace(
                "order", '"order"'
            ).split(),
            [(*value, 0, nested[value[0]]) for value in values],
        )

    def queryset(self) -> Any:
        from django_comments_xtd.models import XtdComment

        return XtdComment.objects.filter(
            content_type=self.content_type,
            object_pk=str(TOPIC),
            site_id=1,
            is_public=True,
            is_removed=False,
        )

    def form_data(self, parent: int, body: str) -> dict[str, Any]:
        from django_comments_xtd.forms import XtdCommentForm

        security = XtdCommentForm(self.topic).generate_security_data()
        return {**security, "honeypot": "", "comment": body, "reply_to": parent}


def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a topic: a hundred comments and the form."""
    from django.core.paginator import Paginator
    from django.shortcuts import get_object_or_404, render
    from django_comments_xtd.forms import XtdCommentForm

    from tests.bench.peers.topics.models import Topic

    subject = get_object_or_404(Topic, pk=pk)
    page = Paginator(peer.queryset(), worker.PAGE).get_page(request.GET.get("page"))
    context = {
        "topic": subject,
        "page": page,
        "form": XtdCommentForm(subject),
        "action": "/comments/post/",
    }
    return render(request, "topic.html", context)


peer = CommentsXtd()


if __name__ == "__main__":
    configure(
        "django_comments_xtd",
        urls=__name__,
        COMMENTS_XTD_MAX_THREAD_LEVEL=generator.MAX_DEPTH,
        COMMENTS_XTD_CONFIRM_EMAIL=False,
        COMMENTS_XTD_SALT=b"benchmark",
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    )
    urlpatterns = [
        path("topics/<int:pk>/", topic),
        path("comments/", include("django_comments_xtd.urls")),
    ]
    peer.serve()
