"""django-threadedcomments: `tree_path` order, its own list template, offset pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tests.bench import generator, worker
from tests.bench.peers.peer import Peer, configure


class ThreadedComments(Peer):
    def insert_rows(self, rows: list[generator.Row]) -> None:
        self.insert_comments(rows)
        paths: dict[int | None, str] = {}
        last_child: dict[int | None, int] = {}
        activity = {}
        for row in rows:
            own = str(row.id).zfill(10)
            paths[row.id] = f"{paths[row.parent_id]}/{own}" if row.parent_id else own
            last_child[row.parent_id] = row.id
            activity[row.id] = activity[row.parent_id] = row.created_at
        self.insert_many(
            "threadedcomments_comment",
            [
                "comment_ptr_id",
                "title",
                "parent_id",
                "last_child_id",
                "tree_path",
                "newest_activity",
            ],
            [
                (
                    row.id,
                    "",
                    row.parent_id,
                    last_child.get(row.id),
                    paths[row.id],
                    activity[row.id].strftime("%Y-%m-%d %H:%M:%S.%f"),
                )
                for row in rows
            ],
        )

    def queryset(self) -> Any:
        from threadedcomments.models import ThreadedComment

        return ThreadedComment.objects.for_model(self.topic).filter(
            site_id=1, is_public=True, is_removed=False
        )

    def form_data(self, parent: int, body: str) -> dict[str, Any]:
        from threadedcomments.forms import ThreadedCommentForm

        security = ThreadedCommentForm(self.topic).generate_security_data()
        return {**security, "honeypot": "", "title": "", "comment": body, "parent": parent}


def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a topic: a hundred comments and the form."""
    from django.core.paginator import Paginator
    from django.shortcuts import get_object_or_404, render
    from threadedcomments.forms import ThreadedCommentForm

    from tests.bench.peers.topics.models import Topic

    subject = get_object_or_404(Topic, pk=pk)
    page = Paginator(peer.queryset(), worker.PAGE).get_page(request.GET.get("page"))
    context = {
        "topic": subject,
        "page": page,
        "form": ThreadedCommentForm(subject),
        "action": "/comments/post/",
    }
    return render(request, "topic.html", context)


peer = ThreadedComments()


if __name__ == "__main__":
    configure("threadedcomments", urls=__name__)
    urlpatterns = [
        path("topics/<int:pk>/", topic),
        path("comments/", include("django_comments.urls")),
    ]
    peer.serve()
