"""The index is put right, twice at once, while comments are posted, edited, hidden and restored."""

import random
import threading
from contextlib import suppress

from django.db import connections

from consultations.discussion import actions
from consultations.discussion.errors import HiddenMeanwhile, NotPermitted
from consultations.discussion.models import Comment
from portal.search import rebuild
from portal.search.cards import differing
from portal.search.models import Card
from portal.search.registry import all_kinds
from tests.consultations.factories import ConsultationPageFactory, build_thread, comment_on
from tests.factories import UserFactory

ROUNDS = 60
REBUILDS = 4


def rebuild_while_people_write(moderator, monkeypatch):
    """In the end the index is as the rooms have it, and nobody was turned away."""
    monkeypatch.setattr(rebuild, "WRITTEN", 5)
    page, author = ConsultationPageFactory(), UserFactory()
    build_thread(page, 40, author=author)
    kind = next(kind for kind in all_kinds() if kind.key == "comment")
    raised = []

    def write(seed):
        chance = random.Random(seed)
        for _round in range(ROUNDS):
            comment = Comment.objects.order_by("pk")[chance.randrange(40)]
            act = chance.choice(["post", "hide", "restore", "edit"])
            if act == "post":
                comment_on(page)  # by somebody else each time, or it would be too many
            elif act == "hide":
                actions.hide_comment(moderator=moderator, comment=comment, reason="off-topic")
            elif act == "restore":
                actions.restore_comment(moderator=moderator, comment=comment)
            else:
                with suppress(HiddenMeanwhile, NotPermitted):  # by the other, perhaps
                    actions.edit_comment(
                        author=author,
                        comment=comment,
                        body=f"Edited {chance.random()}",
                        language="en",
                    )

    def put_right():
        for _round in range(REBUILDS):
            # Wrong in every way: so that all is written anew while the others write.
            Card.objects.filter(kind="comment").update(context="of old")
            list(rebuild.rebuild([kind]))

    def run(act, *args):
        try:
            act(*args)
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    acts = [(write, 1), (write, 2), (put_right,), (put_right,)]
    threads = [threading.Thread(target=run, args=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []
    cards = list(kind.cards())
    assert differing("comment", cards) == []
    assert set(Card.objects.filter(kind="comment").values_list("key", flat=True)) == {
        card.key for card in cards
    }
