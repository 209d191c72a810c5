"""What each room tells whoever puts the index right: all its cards, or those with some keys."""

import pytest
from django.core.management import call_command

from portal.search.models import Card
from portal.search.registry import all_kinds
from portal.stakeholders.models import State
from tests.consultations.factories import ConsultationPageFactory, comment_on
from tests.consultations.publication.building import published

pytestmark = pytest.mark.django_db

NOBODY_S = ["0", "-1", "x", "", "٣", "99999999999", "ECHRI-1999-01-0000"]


@pytest.fixture
def things(consultations, page, moderator):
    """Some of every kind that is made here."""
    discussed = ConsultationPageFactory()
    for _number in range(3):
        comment_on(discussed)
        published(page, moderator)
    assert State.objects.exists()


def test_every_kind_gives_the_same_cards_by_their_keys(things):
    found = set()
    for kind in all_kinds():
        cards = {card.key: card for card in kind.cards()}
        found |= {kind.key} if cards else set()
        some = list(cards)[1:3]
        assert {card.key: card for card in kind.cards([*some, *NOBODY_S])} == {
            key: cards[key] for key in some
        }
        assert list(kind.cards([])) == []
    assert {"comment", "response", "consultation", "state"} <= found


def test_what_the_rooms_wrote_themselves_needs_no_putting_right(things, capsys):
    call_command("rebuild_search")
    told = capsys.readouterr().out
    for plural in ("Comments", "Published responses", "Consultations"):
        assert f"{plural}: 0 written, 0 taken out" in told


def test_what_is_lost_is_written_again(things, capsys):
    Card.objects.filter(kind__in=["comment", "response"]).delete()
    call_command("rebuild_search")
    told = capsys.readouterr().out
    for plural in ("Comments", "Published responses"):
        assert f"{plural}: 3 written, 0 taken out" in told
