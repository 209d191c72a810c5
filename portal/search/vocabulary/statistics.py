"""
The words of public cards and how many cards use each: for spelling, and for telling what is rare.

Counted now and then (`count_words`) from public cards alone, so nothing here tells of any other.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

from django.db import connection
from django.utils import timezone
from rapidfuzz.distance import DamerauLevenshtein

from portal.search.analysis.stemming import WORD, without_marks
from portal.search.cards import in_batches
from portal.search.locking import let_writers_in
from portal.search.models import Card, Word, WordCount
from portal.search.query import PUBLIC

SHORTEST, LONGEST = 4, 40
# The commonest; the rest are names and slips of the pen that one card has.
MOST_WORDS = 200_000
BATCH = 2_000
# Words of up to this length may differ by one letter, longer ones by two.
ONE_SLIP_UP_TO = 6
# A word that is there all the same is taken for a slip where one like it is this much commoner.
MUCH_COMMONER = 10
CANDIDATES = 80
CARDS = "(SELECT count(*) FROM search_card)"
# As its planner knows.
CARDS_KNOWN = (
    "(SELECT greatest(reltuples, 100)::int FROM pg_class WHERE oid = 'search_card'::regclass)"
)


def count_words() -> int:
    """Count the words of public cards anew; gives how many different ones are kept."""
    counted: Counter[str] = Counter()
    texts = Card.objects.filter(facet_set__visible_to=PUBLIC).values_list(
        "title", "summary", "body"
    )
    for card in texts.iterator(chunk_size=BATCH):
        counted.update(words_for_counting(" ".join(card)))
    wanted = dict(counted.most_common(MOST_WORDS))
    _store(wanted)
    WordCount.objects.update_or_create(pk=1, defaults={"on": timezone.now().date()})
    return len(wanted)


def are_counted_today() -> bool:
    """Say whether words were counted on this day (UTC)."""
    return WordCount.objects.filter(on=timezone.now().date()).exists()


def words_for_counting(text: str) -> set[str]:
    """Return the different words of a text as counted: no capitals, digits, short ones."""
    return {
        word
        for word in WORD.findall(text.casefold())
        if SHORTEST <= len(word) <= LONGEST and word.isalpha()
    }


def _store(wanted: dict[str, int]) -> None:
    """Have these words, a little at a time: whoever writes meanwhile gets in between."""
    known = {
        word: (pk, cards) for pk, word, cards in Word.objects.values_list("id", "word", "cards")
    }
    gone = [pk for word, (pk, _) in known.items() if word not in wanted]
    # In order, so that two who count at once cannot wait for each other.
    changed = sorted(
        word for word, cards in wanted.items() if word not in known or known[word][1] != cards
    )
    for some in in_batches(gone, BATCH):
        Word.objects.filter(pk__in=some)._raw_delete(connection.alias)
        _let_in_after(some)
    for words in in_batches(changed, BATCH):
        Word.objects.bulk_create(
            (Word(word=word, cards=wanted[word]) for word in words),
            update_conflicts=True,
            unique_fields=["word"],
            update_fields=["cards"],
        )
        _let_in_after(words)


def _let_in_after(batch: Sequence[object]) -> None:
    """Do nothing: nobody has waited to speak of for a batch that is not full."""
    if len(batch) == BATCH:
        let_writers_in()


def counted(words: Iterable[str]) -> tuple[dict[str, int], int]:
    """
    Count the public cards that use each of these words, without those that none uses, and all
    cards there are; one statement.
    """
    words = list(words)
    # In a plain list PostgreSQL would look for each by its letters: a millisecond a word.
    each = ", ".join(["(%s)"] * len(words)) or "(NULL)"
    # To count them PostgreSQL would read the whole table.
    total = CARDS_KNOWN if connection.vendor == "postgresql" else CARDS
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT word, cards FROM search_word WHERE word IN (VALUES {each})"  # noqa: S608
            f" UNION ALL SELECT '', {total}",
            words,
        )
        numbers = dict(cursor.fetchall())
    return numbers, numbers.pop("")


def spelling(word: str) -> str | None:
    """
    Return the word that was most likely meant by one that nothing, or next to nothing, has.

    None where it may well be right: it is short, or common, or nothing much commoner is like it.
    The nearest counts, by letters changed, left out, added or exchanged; then the commonest.
    """
    word = word.casefold()
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return None
    slips = 1 if len(word) <= ONE_SLIP_UP_TO else 2
    plain = without_marks(word)
    own = Word.objects.filter(word=word).values_list("cards", flat=True).first() or 0
    best: tuple[int, int, str] | None = None
    for candidate, cards in _alike(word):
        distance = DamerauLevenshtein.distance(plain, without_marks(candidate), score_cutoff=slips)
        if not 0 < distance <= slips or cards < own * MUCH_COMMONER:
            continue
        choice = (distance, -cards, candidate)
        best = min(best, choice) if best else choice
    return best[2] if best else None


def _alike(word: str) -> Sequence[tuple[str, int]]:
    """Words of the index that share most triples of letters with this one, and their cards."""
    padded = f" {word} "
    triples = list(dict.fromkeys(padded[at : at + 3] for at in range(len(padded) - 2)))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # `%` would ask for a likeness that "lisencing" and "licensing" do not have.
            cursor.execute(
                "SELECT word, cards FROM search_word WHERE word LIKE ANY (%s)"
                " ORDER BY similarity(word, %s) DESC, cards DESC LIMIT %s",
                [[_pattern(triple) for triple in triples], word, CANDIDATES],
            )
        else:
            # Triple by triple, for FTS5 ranks nothing in an index that keeps no positions. A word
            # has as many triples as letters.
            each = " UNION ALL ".join(
                ["SELECT rowid AS id FROM search_word_fts WHERE search_word_fts MATCH %s"]
                * len(triples)
            )
            cursor.execute(
                "SELECT w.word, w.cards FROM"  # noqa: S608 - put together from constants alone
                f" (SELECT id, count(*) AS shared FROM ({each}) GROUP BY id) AS alike"
                " JOIN search_word w ON w.id = alike.id"
                " ORDER BY 1.0 * shared / (length(w.word) + %s - shared) DESC, w.cards DESC"
                " LIMIT %s",
                [*(f'"{triple}"' for triple in triples), len(triples), CANDIDATES],
            )
        return cursor.fetchall()


def _pattern(triple: str) -> str:
    """Return where three letters of a word, with a space at its ends, stand in another."""
    before = "" if triple.startswith(" ") else "%"
    after = "" if triple.endswith(" ") else "%"
    return f"{before}{triple.strip()}{after}"


def rarity(cards: int, total: int) -> float:
    """Say how much a word that `cards` of `total` cards use says of one that does; from 0."""
    return log(1 + total / (1 + cards))
