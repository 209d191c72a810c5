"""Putting the index right."""

from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from portal.search import rebuild, registry
from portal.search.cards import put, remove
from portal.search.engines import get_engine
from portal.search.models import Card
from portal.search.query import SearchQuery
from portal.search.registry import Kind, register_kind
from tests.locks import somebody_waits
from tests.portal.search.factories import card, put_card

# Seconds after which whoever waits for another thread gives up, and the test fails.
LONG = 10


def total(text="spyware"):
    return get_engine().search(SearchQuery(text)).total


def cards_of(room):
    """How a kind gives the cards of a list, which may change."""

    def cards(keys=None):
        return (one for one in room() if keys is None or one.key in keys)

    return cards


@pytest.fixture
def kinds(monkeypatch):
    """Two kinds and no other; their cards are the lists given back."""
    monkeypatch.setattr(registry, "_kinds", {})
    kept = {"guide": [], "tool": []}
    register_kind(Kind("guide", "Guide", "Guides", cards_of(lambda: kept["guide"])))
    register_kind(Kind("tool", "Tool", "Tools", cards_of(lambda: kept["tool"])))
    return kept


@pytest.mark.django_db
def test_writes_all_cards_and_takes_out_the_stale(kinds, capsys):
    kinds["guide"] = [card(f"Spyware {n}", key=str(n)) for n in range(3)]
    kinds["tool"] = [card("Spyware tool", kind="tool", key="t")]
    put_card("Old spyware", key="old")
    put_card("Spyware of old", key="1")
    put_card("Spyware of a kind that is gone", kind="gone")
    call_command("rebuild_search")
    assert total() == 4
    assert total("old") == 0
    assert "Guides: 3 written, 1 taken out" in capsys.readouterr().out
    before = set(Card.objects.values_list("id", flat=True))
    call_command("rebuild_search", verbosity=0)
    assert set(Card.objects.values_list("id", flat=True)) == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"body": "Other"},
        {"facets": {"stage": ["transit"]}},
        {"visible_to": "circle"},
        {"is_open": True},
        {"language": "fr"},
    ],
)
def test_writes_what_is_not_as_it_should_be_and_that_alone(kinds, capsys, change):
    kinds["guide"] = [card(f"Spyware {n}", key=str(n)) for n in range(5)]
    for one in kinds["guide"]:
        put(one)
    put_card("Spyware 3", key="3", **change)
    call_command("rebuild_search")
    assert "Guides: 1 written, 0 taken out" in capsys.readouterr().out
    call_command("rebuild_search")
    assert "Guides: 0 written, 0 taken out" in capsys.readouterr().out
    assert total() == 5


@pytest.mark.django_db
def test_gives_cards_the_stems_that_they_lack(kinds, capsys):
    kinds["guide"] = [card("Evaluaciones", key="1", language="es")]
    put(kinds["guide"][0])
    Card.objects.update(stems="")
    call_command("rebuild_search")
    assert total("evaluación") == 1
    assert "Guides: 1 written" in capsys.readouterr().out


@pytest.mark.django_db
def test_of_one_kind_leaves_the_others(kinds):
    kinds["tool"] = [card("Spyware tool", kind="tool", key="t")]
    put_card("Spyware guide that no room has", key="x")
    call_command("rebuild_search", "--kind", "tool", verbosity=0)
    assert total() == 2


@pytest.mark.django_db
def test_takes_out_a_card_whose_key_is_no_number_of_a_page(capsys):
    for key in ("9" * 30, "x", "0"):
        put_card("Spyware that no page is", kind="guide", key=key)
    call_command("rebuild_search", "--kind", "guide")
    assert "3 taken out" in capsys.readouterr().out


@pytest.mark.django_db
def test_unknown_kind(kinds):
    with pytest.raises(CommandError, match="guide, tool"):
        call_command("rebuild_search", "--kind", "tol")


class InBatches:
    """A room of guides, all to be written, in several batches; acts before one of them is."""

    def __init__(self, act, *, before):
        self.room = [card(f"Spyware {n}", key=str(n)) for n in range(10)]
        self.act, self.before = act, before
        self.there = []  # the keys of all cards, as each batch begins

    def cards(self, keys=None):
        if keys is not None:
            self.there.append(set(Card.objects.values_list("key", flat=True)))
            if len(self.there) == self.before:
                self.act(self)
        return iter([one for one in self.room if keys is None or one.key in keys])

    def hide(self, key):
        """As a room does: the thing and its card, at once."""
        with transaction.atomic():
            self.room = [one for one in self.room if one.key != key]
            remove("guide", key)


@pytest.fixture
def in_batches(kinds, monkeypatch):
    """Have guides put right, three at a time, with something happening in between."""
    monkeypatch.setattr(rebuild, "WRITTEN", 3)

    def run(act, *, before=2):
        guides = InBatches(act, before=before)
        register_kind(Kind("guide", "Guide", "Guides", guides.cards))
        call_command("rebuild_search", verbosity=0)
        return guides

    return run


def elsewhere(act):
    """`act` on a connection of its own, begun and not waited for."""

    def run():
        try:
            act()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db
def test_what_is_hidden_meanwhile_does_not_come_back(in_batches):
    in_batches(lambda guides: (guides.hide("8"), guides.hide("1")))
    assert sorted(Card.objects.values_list("key", flat=True)) == list("02345679")
    assert total() == 8


@pytest.mark.django_db
def test_what_is_changed_meanwhile_stays_changed(in_batches):
    def change(guides):
        for number in (1, 8):
            guides.room[number] = card("Drones", key=str(number))
            put(guides.room[number])

    in_batches(change)
    assert (total("drones"), total()) == (2, 8)


@pytest.mark.django_db
def test_what_comes_in_meanwhile_stays(in_batches):
    put_card("Spyware of old", key="old")

    def come_in(guides):
        for key in ("new", "old"):  # one that was never seen, one that was to be taken out
            guides.room.append(card("Spyware anew", key=key))
            put(guides.room[-1])

    in_batches(come_in)
    assert (total("anew"), total()) == (2, 12)


@pytest.mark.django_db
def test_what_was_done_before_it_was_ended_is_good_and_the_next_one_does_the_rest(in_batches):
    def end(guides):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        in_batches(end, before=3)
    assert total() == 6
    call_command("rebuild_search", verbosity=0)
    assert total() == 10


@pytest.mark.django_db(transaction=True)
def test_readers_never_see_an_empty_index(in_batches):
    for number in range(10):
        put_card(f"Spyware of old {number}", key=str(number))
    seen = []

    def read(guides):
        elsewhere(lambda: seen.append(total())).join()

    in_batches(read)
    assert seen == [10]
    assert (total(), total("old")) == (10, 0)


def let_wait():
    """Until somebody waits for a lock that we hold; SQLite does not say who waits for it."""
    if connection.vendor != "postgresql":
        return
    if not any(somebody_waits() for _attempt in range(1_000)):
        pytest.fail("nobody waits")


@pytest.mark.django_db(transaction=True)
def test_whoever_writes_meanwhile_waits_for_one_batch_and_not_for_all(in_batches):
    """The card is hidden while its batch is under way: read, as it was, and about to be written."""
    writers = []

    def begin_to_hide(guides):
        writers.append(elsewhere(lambda: remove("guide", "4")))
        let_wait()

    guides = in_batches(begin_to_hide)
    writers[0].join(LONG)
    # As the last batch begins, of the three that the second one wrote.
    assert guides.there[-1] & {"3", "4", "5"} == {"3", "5"}
    assert total() == 9


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_of_two_who_would_wait_for_each_other_the_writer_gets_through(in_batches):
    """Both need a set of facets that is new; the writer has it, and waits for the table."""
    facets = {"stage": ["transit"]}
    written, writers = [], []

    def write():
        put(card("Spyware drones", key="mine", facets=facets))
        written.append("mine")

    def begin_to_write(guides):
        guides.room = [card("Spyware", key=one.key, facets=facets) for one in guides.room]
        writers.append(elsewhere(write))
        let_wait()

    in_batches(begin_to_write)
    writers[0].join(LONG)
    assert written == ["mine"]
    assert (total(), total("drones")) == (11, 1)
