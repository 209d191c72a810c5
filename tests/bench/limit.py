"""
The limit: the cheapest thing that does the same job.

All on Django's connection, as raw SQL in a Django project is. A page is one raw query by path and
a join of strings; a POST is a bare Django view of a signed-in member that reads the parent's path
and inserts, behind Django's own default middleware. Run by the harness as a worker.
"""

import sqlite3
from html import escape
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.urls import path as route

from tests.bench import generator, worker

SCHEMA = """
CREATE TABLE person (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, affiliation TEXT NOT NULL,
    submitter_type TEXT NOT NULL
);
CREATE TABLE thread (id INTEGER PRIMARY KEY);
INSERT INTO thread VALUES (1);
CREATE TABLE comment (
    id INTEGER PRIMARY KEY, thread_id INTEGER NOT NULL REFERENCES thread,
    parent_id INTEGER REFERENCES comment, path TEXT NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person, created_at datetime NOT NULL, body TEXT NOT NULL,
    UNIQUE (thread_id, path)
);
CREATE INDEX comment_parent ON comment (parent_id);
CREATE INDEX comment_author ON comment (author_id);
"""
READ = """
SELECT c.id, c.parent_id, c.path, c.created_at, c.body, p.name, p.affiliation, p.submitter_type
FROM comment c JOIN person p ON p.id = c.author_id
WHERE c.thread_id = 1 AND c.path > %s ORDER BY c.path LIMIT 100
"""
INSERT = "INSERT INTO comment VALUES (%s, 1, %s, %s, %s, %s, %s)"


def add_comment(request: HttpRequest) -> HttpResponse:
    """Insert the posted comment and show it, with nothing checked but that someone is signed in."""
    if not request.user.is_authenticated:
        return HttpResponseForbidden()
    parent = int(request.POST["parent"])
    with connection.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("SELECT path FROM comment WHERE id = %s", [parent])
        (above,) = cursor.fetchone()
        cursor.execute("SELECT max(id) + 1 FROM comment")
        (number,) = cursor.fetchone()
        cursor.execute(
            INSERT,
            [
                number,
                parent,
                above + generator.segment(number),
                1,
                generator.BEGINNING.isoformat(),
                request.POST["body"],
            ],
        )
        cursor.execute("COMMIT")
    return HttpResponseRedirect(f"/c/{number}")


urlpatterns = [route("comment/", add_comment)]


def markup(rows: list[tuple]) -> str:
    """A list of comments: author, affiliation, time, permalink, what it answers, text, reply."""
    parts = ["<ol>"]
    for number, parent, path, created, body, name, affiliation, kind in rows:
        text = escape(body).replace("\n\n", "</p><p>")
        answers = f'<a href="/c/{parent}">in reply to</a>' if parent else ""
        when = f'<time datetime="{created.isoformat()}">{created:%d %B %Y, %H:%M}</time>'
        parts.append(
            f'<li class="depth-{len(path) // 6}"><article id="c{number}">'
            f"<h3>{escape(name)}</h3><p>{escape(affiliation)} {kind} {answers}"
            f'<a href="/c/{number}">{when}</a></p>'
            f'<p>{text}</p><a href="?reply={number}">Reply</a></article></li>'
        )
    parts.append("</ol>")
    return "".join(parts)


class Limit:
    """The commands of this contestant."""

    def load(self, size: int) -> None:
        call_command("migrate", run_syncdb=True, verbosity=0)
        from django.contrib.auth.models import User

        self.client = worker.member_client(User.objects.create_user("member"))
        self.raw = sqlite3.connect(worker.database_path(), isolation_level=None)
        for pragma in worker.SQLITE_OPTIONS["init_command"].split(";"):
            self.raw.execute(pragma)
        self.raw.executescript(SCHEMA)
        rows = list(generator.rows(size))
        self.raw.execute("BEGIN")
        self.raw.executemany(
            "INSERT INTO person VALUES (?, ?, ?, ?)",
            [(p.id, p.name, p.affiliation, p.submitter_type) for p in generator.authors(size)],
        )
        self.raw.executemany(
            INSERT.replace("%s", "?"),
            [(r.id, r.parent_id, r.path, r.author, r.created_at.isoformat(), r.body) for r in rows],
        )
        self.raw.execute("COMMIT")
        paths = sorted(row.path for row in rows)
        self.after = {
            position: paths[worker.offset_of(position, size) - 1] if position != "first" else ""
            for position in ("first", "middle", "last")
        }
        self.replies = worker.Replies(rows)
        worker.settle()

    def list(self, position: str, repeat: int) -> worker.Milliseconds:
        def act() -> str:
            with connection.cursor() as cursor:
                cursor.execute(READ, [self.after[position]])
                return markup(cursor.fetchall())

        worker.expect_page(act())
        return worker.timed(act, repeat)

    def post(self, repeat: int) -> worker.Milliseconds:
        def act() -> Any:
            parent, body = self.replies()
            response = self.client.post(
                "/comment/", {"parent": parent, "body": body, **worker.csrf_fields()}
            )
            assert response.status_code == 302, response.content
            return response

        return worker.timed(act, repeat)


def main() -> None:
    settings.configure(
        SECRET_KEY="benchmark",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
        ],
        MIDDLEWARE=worker.PLAIN_MIDDLEWARE,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": worker.database_path(),
                "OPTIONS": worker.SQLITE_OPTIONS,
            }
        },
    )
    django.setup()
    limit = Limit()
    worker.serve({"load": limit.load, "list": limit.list, "post": limit.post})


if __name__ == "__main__":
    main()
