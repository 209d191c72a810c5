"""Which words of a card say what it is about, so that others like it can be found by them."""

from collections.abc import Sequence
from typing import NamedTuple

from portal.search.vocabulary.statistics import counted, rarity, words_for_counting

MOST_WORDS = 12
# Of a long text the beginning says what it is about.
BEGINNING = 4_000
TITLE_WEIGHS, SUMMARY_WEIGHS = 3.0, 1.5
# Together the words may be in so many cards, so that comparing stays quick; a few are taken anyhow.
MOST_CARDS = 8_000
FEWEST_WORDS = 3


class Telling(NamedTuple):
    """A word and how much finding it in another card says."""

    word: str
    weight: float


def telling_words(title: str, summary: str, body: str) -> Sequence[Telling]:
    """
    Return the words that set this card apart, the most telling first; at most `MOST_WORDS`.

    Rare words tell more, and those of the title and the summary more than others. A word not yet
    counted in any card counts as rare; one that is in every tenth card tells nothing.
    """
    places = {
        word: weight
        for text, weight in (
            (body[:BEGINNING], 1.0),
            (summary, SUMMARY_WEIGHS),
            (title, TITLE_WEIGHS),
        )
        for word in words_for_counting(text)
    }
    cards, total = counted(places)
    common = max(total // 10, 20)
    ranked = sorted(
        (
            Telling(word, weight * rarity(cards.get(word, 0), total))
            for word, weight in places.items()
            if cards.get(word, 0) <= common
        ),
        key=lambda telling: (-telling.weight, telling.word),
    )
    chosen: list[Telling] = []
    room = MOST_CARDS
    for telling in ranked:
        room -= cards.get(telling.word, 0)
        if room < 0 and len(chosen) >= FEWEST_WORDS:
            continue
        chosen.append(telling)
        if len(chosen) == MOST_WORDS:
            break
    return chosen
