"""
The portal as a contestant, with its demonstration settings.

`python -m tests.bench.portal prepare` makes the empty portal that the sizes are copies of.
"""

import shutil
import sys
import uuid
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import django
from django.db import connection, transaction
from django.template.loader import get_template
from django.test.utils import CaptureQueriesContext

from tests.bench import generator, worker
from tests.bench.portal_data import BASE, DISCUSSION, GUIDE, KEPT, fill, prepare, settle_file


class Portal:
    """The commands of this contestant."""

    def load(self, size: int) -> None:
        """Take up a portal with one discussion of `size` comments, each with its search card."""
        own = Path(worker.database_path())
        for old in own.parent.glob(f"{own.name}*"):
            old.unlink()
        kept = KEPT / f"filled-{size}.sqlite3"
        if not kept.exists():
            shutil.copy(BASE, own)
            with transaction.atomic():
                fill(size)
            connection.close()
            settle_file(own)
            shutil.copy(own, kept)
        shutil.copy(kept, own)

        from consultations.calls.models import ConsultationPage
        from consultations.discussion.models import Comment
        from portal.stakeholders.models import User

        self.size = size
        self.thread = ConsultationPage.objects.get().thread
        rows = list(generator.rows(size))
        ids = Comment.objects.order_by("path").values_list("pk", flat=True)
        self.after = {
            position: ids[worker.offset_of(position, size) - 1] if position != "first" else None
            for position in ("first", "middle", "last")
        }
        self.replies = worker.Replies(rows)
        members = User.objects.filter(email__startswith="member")
        self.clients = cycle([worker.member_client(member) for member in members])
        worker.settle()

    def list(self, position: str, repeat: int, language: str = "en") -> worker.Milliseconds:
        """Read a page's comments and render the list of them, as the page in a language does."""
        from django.contrib.auth.models import AnonymousUser
        from django.utils.translation import override

        from consultations.discussion.models import Comment
        from consultations.discussion.presenters import present

        after = self.after[position]
        # As the page includes it: the layout's context is not the list's.
        template = get_template("consultations/discussion/comments.html").template
        context = {
            "address": DISCUSSION,
            "permalink": "/c/",
            "is_open": True,
            "may_moderate": False,
            "user": AnonymousUser(),
        }

        def act() -> str:
            page = Comment.objects.page(self.thread.pk, after=after)
            comments, tail = present(page.rows, nested=True)
            return template.render({**context, "comments": comments, "tail": tail})

        with override(language):
            worker.expect_page(act())
            return worker.timed(act, repeat)

    def page(self, position: str, repeat: int, language: str = "en") -> worker.Milliseconds:
        """The whole page through the test client, as an anonymous reader gets it."""
        act = self._reader(position, language)
        worker.expect_page(act().content.decode())
        return worker.timed(act, repeat)

    def queries(self, position: str) -> int:
        """How many queries the page at `position` makes."""
        act = self._reader(position)
        act()
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    def guide(self, repeat: int, language: str = "en") -> worker.Milliseconds:
        """A plain guide page through the test client."""
        client = worker.visitor_client()

        def act() -> Any:
            return client.get(_under(language, GUIDE))

        assert act().status_code == 200
        return worker.timed(act, repeat)

    def post(self, repeat: int) -> worker.Milliseconds:
        """The form of a reply, sent by a signed-in member."""
        from consultations.discussion.models import Comment

        def act() -> None:
            parent, body = self.replies()
            client = next(self.clients)
            response = client.post(
                f"{DISCUSSION}reply/{parent}/",
                {
                    "body": body,
                    "language": "en",
                    "submission_key": str(uuid.uuid4()),
                    **worker.csrf_fields(),
                },
            )
            # Shown by the page that the browser loads next, which is not measured here.
            client.cookies.pop("messages", None)
            assert response.status_code == 302, response.content

        before = Comment.objects.count()
        figures = worker.timed(act, repeat)
        assert Comment.objects.count() == before + repeat + 1
        return figures

    def _reader(self, position: str, language: str = "en") -> Callable[[], Any]:
        after = self.after[position]
        client = worker.visitor_client()
        path = _under(language, DISCUSSION)
        return lambda: client.get(path, {"after": after} if after else {})


def _under(language: str, path: str) -> str:
    """Return an address of the English pages in a language."""
    return path.replace("/en/", f"/{language}/", 1)


def main() -> None:
    django.setup()
    if sys.argv[1:] == ["prepare"]:
        prepare()
        return
    portal = Portal()
    worker.serve(
        {
            "load": portal.load,
            "list": portal.list,
            "page": portal.page,
            "queries": portal.queries,
            "guide": portal.guide,
            "post": portal.post,
        }
    )


if __name__ == "__main__":
    main()
