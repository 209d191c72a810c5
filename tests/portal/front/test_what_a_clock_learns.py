"""A page that is made anew takes longer: who asks again and again is to learn nothing by it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.confidential import unheard
from tests.poller import Poller

pytestmark = pytest.mark.django_db


def made_anew(worker, paths: list[str]) -> list[str]:
    """Ask for each, and return those that were not answered from memory."""
    made = []
    for path in paths:
        worker.cookies.clear()
        with CaptureQueriesContext(connection) as queries:
            worker.get(path)
        if queries.captured_queries:
            made.append(path)
    return made


def test_no_page_takes_longer_because_of_what_somebody_did_without_a_name(
    worker, page, anonymous_acts, commit
):
    commit()
    paths = Poller(page.get_url()).paths
    made_anew(worker, paths)
    kept = sorted(set(paths) - set(made_anew(worker, paths)))
    assert len(kept) > 20
    for act in anonymous_acts:
        with unheard():  # as at every address at which it can be done
            act()
        commit()
        assert made_anew(worker, kept) == [], act.__name__


def test_what_somebody_does_under_a_name_is_seen_at_once(worker, page, moderator, commit):
    from consultations.discussion.actions import hide_comment

    comment = page.thread.comments.get()
    commit()
    thread = f"{page.get_url()}discussion/"
    made_anew(worker, [thread])
    assert made_anew(worker, [thread]) == []
    hide_comment(moderator=moderator, comment=comment, reason="personal-data")
    commit()
    assert made_anew(worker, [thread]) == [thread]
