"""What the two peers share: settings, data, and the commands of a contestant."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.bench import generator, worker

TOPIC = 1


def configure(package: str, **more: Any) -> None:
    """Set Django up for the comments app `package`, on the same middleware as the limit."""
    settings.configure(
        SECRET_KEY="benchmark",
        ALLOWED_HOSTS=["127.0.0.1"],
        SITE_ID=1,
        USE_TZ=True,
        COMMENTS_APP=package,
        ROOT_URLCONF=more.pop("urls"),
        INSTALLED_APPS=[
            package,
            "tests.bench.peers.topics",
            "django_comments",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.sites",
        ],
        MIDDLEWARE=worker.PLAIN_MIDDLEWARE,
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [Path(__file__).parent / "templates"],
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": worker.database_path(),
                "OPTIONS": worker.SQLITE_OPTIONS,
            }
        },
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        **more,
    )
    django.setup()


class Peer:
    """A comments package as a contestant; the two subclasses say how it stores and shows."""

    def load(self, size: int) -> None:
        """Fill the database with `size` comments on one topic, by raw inserts."""
        call_command("migrate", run_syncdb=True, verbosity=0)
        from django.contrib.auth.models import User
        from django.contrib.contenttypes.models import ContentType

        from tests.bench.peers.topics.models import Topic

        self.topic = Topic.objects.create(pk=TOPIC, title="A topic")
        self.content_type = ContentType.objects.get_for_model(Topic)
        self.people = {person.id: person for person in generator.authors(size)}
        member = User.objects.create_user("member", "member@people.example", first_name="Member")
        self.client = worker.member_client(member)
        rows = list(generator.rows(size))
        with transaction.atomic():
            self.insert_rows(rows)
        self.size = size
        self.replies = worker.Replies(rows)
        worker.settle()

    def insert_many(self, table: str, columns: list[str], values: list[tuple]) -> None:
        """Insert `values` into `table`, past the ORM."""
        marks = ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608
                values,
            )

    def insert_comments(self, rows: list[generator.Row]) -> None:
        """
        Fill the table of django-contrib-comments, which both packages extend.

        Authors are names without an account, which is the cheapest case for the peers: with
        accounts their own templates make one or two queries more for each comment.
        """
        columns = [
            "id",
            "content_type_id",
            "object_pk",
            "site_id",
            "user_id",
            "user_name",
            "user_email",
            "user_url",
            "comment",
            "submit_date",
            "is_public",
            "is_removed",
        ]
        self.insert_many(
            "django_comments",
            columns,
            [
                (
                    row.id,
                    self.content_type.pk,
                    str(TOPIC),
                    1,
                    None,
                    self.people[row.author].name,
                    self.people[row.author].email,
                    "",
                    row.body,
                    row.created_at.strftime("%Y-%m-%d %H:%M:%S.%f"),
                    1,
                    0,
                )
                for row in rows
            ],
        )

    def insert_rows(self, rows: list[generator.Row]) -> None:
        raise NotImplementedError

    def queryset(self) -> Any:
        """The visible comments of the topic in the order of the thread."""
        raise NotImplementedError

    def form_data(self, parent: int, body: str) -> dict[str, Any]:
        """What a browser would post to the package's own view."""
        raise NotImplementedError

    def number(self, position: str) -> int:
        return 1 + worker.offset_of(position, self.size) // worker.PAGE

    def list(self, position: str, repeat: int) -> worker.Milliseconds:
        """A page of 100 comments by the paginator, in the list template that the package ships."""
        from django.contrib.auth.models import AnonymousUser
        from django.core.paginator import Paginator
        from django.template.loader import get_template

        template = get_template("comments/list.html")
        request = RequestFactory(SERVER_NAME="127.0.0.1").get(f"/topics/{TOPIC}/")
        request.user = AnonymousUser()

        def act() -> str:
            page = Paginator(self.queryset(), worker.PAGE).get_page(self.number(position))
            return template.render({"comment_list": page.object_list}, request)

        worker.expect_page(act())
        return worker.timed(act, repeat)

    def page(self, position: str, repeat: int) -> worker.Milliseconds:
        """The whole page through the test client, as an anonymous reader gets it."""
        act = self._reader(position)
        worker.expect_page(act().content.decode())
        return worker.timed(act, repeat)

    def queries(self, position: str) -> int:
        """How many queries the page at `position` makes."""
        act = self._reader(position)
        act()
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    def _reader(self, position: str) -> Callable[[], Any]:
        client = worker.visitor_client()
        return lambda: client.get(f"/topics/{TOPIC}/", {"page": self.number(position)})

    def post(self, repeat: int) -> worker.Milliseconds:
        def act() -> None:
            data = self.form_data(*self.replies())
            response = self.client.post("/comments/post/", {**data, **worker.csrf_fields()})
            assert response.status_code == 302, response.content

        before = self.queryset().count()
        figures = worker.timed(act, repeat)
        assert self.queryset().count() == before + repeat + 1
        return figures

    def serve(self) -> None:
        """Answer the harness until it hangs up."""
        worker.serve(
            {
                "load": self.load,
                "list": self.list,
                "page": self.page,
                "queries": self.queries,
                "post": self.post,
            }
        )
