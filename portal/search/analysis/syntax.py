"""
What a reader may type: words, "phrases", -exclusions and OR. Anything else is simply words.

Every engine reads the same `Expression`, and no input is an error: what holds no letter or digit
is dropped, a quotation mark without its pair is ignored, and length is bounded.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from portal.text import TATWEEL, plain

MAX_LENGTH = 400
MAX_WORDS = 16
# Shorter beginnings find half the index.
SHORTEST_PREFIX = 3

_QUOTES = str.maketrans(dict.fromkeys("“”„«»‟″", '"') | {"‐": "-", "‑": "-", "–": "-", "−": "-"})
_TOKEN = re.compile(r'(-*)"([^"]*)"|(-*)([^\s"]+)')
# French, as written before a vowel: "l'évaluation", "d’usage". Two words, of which one is meant.
_ELISION = re.compile(r"(?i)((?:qu|[cdjlmnst]))['’](?=[^\W\d_]{2})")


@dataclass(frozen=True)
class Term:
    """
    A word, or several that stand side by side (a phrase; "end-use" is one too).

    `prefix`: the last word may go on ("licens" finds "licensing"). `open` says that the reader may
    not have finished the word, so that a second try may take it as a prefix. `apart`: the words
    may stand anywhere, as long as all are there; never together with `prefix`. `exact`: the reader
    put it in quotation marks, so that no synonym is looked for in its place. `added`: an editor's
    synonym for what was typed, not typed itself.
    """

    words: tuple[str, ...]
    prefix: bool = False
    open: bool = False
    apart: bool = False
    exact: bool = False
    added: bool = False


@dataclass(frozen=True)
class Expression:
    """
    All of `required` must be found, of each any one term; none of `excluded` may be.

    `languages` are what the reader seems to write in, empty where that does not show: of cards
    that answer alike, those in them come first.

    False where nothing is required: then nothing is found, whatever is excluded.
    """

    required: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    languages: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.required)

    def terms(self) -> Iterator[Term]:
        """Yield every term that may be found, in the order typed."""
        for alternatives in self.required:
            yield from alternatives

    def known_words(self) -> frozenset[str]:
        """Return the words typed that have synonyms, a state's names among them: not misspelt."""
        return frozenset(
            word
            for alternatives in self.required
            if any(term.added for term in alternatives)
            for term in alternatives
            if not term.added
            for word in term.words
        )

    def as_typed(self) -> "Expression":
        """Return the same without synonyms."""
        typed = tuple(tuple(t for t in terms if not t.added) for terms in self.required)
        return replace(self, required=typed)

    def as_prefix(self) -> "Expression | None":
        """Return it with its last word as a beginning; None where that makes no sense."""
        last = self.required[-1] if self.required else ()
        unfinished = next((term for term in last if term.open), None)
        if unfinished is None:
            return None
        *whole, beginning = unfinished.words
        ending: tuple[tuple[Term, ...], ...]
        if unfinished.apart:
            # Words typed one by one, of which the last alone goes on.
            ending = (*((Term((word,)),) for word in whole), (Term((beginning,), prefix=True),))
        else:
            prefix = replace(unfinished, prefix=True, open=False)
            ending = (tuple(prefix if term is unfinished else term for term in last),)
        return replace(self, required=(*self.required[:-1], *ending))


def words_of(text: str) -> list[str]:
    """List the runs of letters, digits and their marks, as index tokenisers see them."""
    spaced = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in text)
    return [
        word for word in spaced.split() if any(unicodedata.category(c)[0] in "LN" for c in word)
    ]


def parse(text: str) -> Expression:
    """
    Return what the reader asks for, at most `MAX_WORDS` of the first `MAX_LENGTH` characters.

    Words side by side must all be found; `a OR b` binds closer than that, so `x a OR b` is x and
    (a or b). `-word` and `-"a phrase"` exclude.
    """
    text = plain(text[:MAX_LENGTH].translate(_QUOTES)).replace(TATWEEL, "")
    required: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    room = MAX_WORDS
    alternative = False
    tokens = list(_TOKEN.finditer(text))
    for token in tokens:
        quoted = token[2] is not None
        if not quoted and token[4] in ("OR", "|") and not token[3]:
            alternative = bool(required)
            continue
        typed = token[2] if quoted else token[4]
        elision = None if quoted else _ELISION.match(typed)
        if elision:
            typed = typed[elision.end() :]
            if room > 1 and not (token[3] or alternative):
                required.append((Term((elision[1],)),))
                room -= 1
        words = tuple(words_of(typed)[:room])
        if not words:
            continue
        room -= len(words)
        last = token is tokens[-1] and len(words) == 1 and not quoted
        unfinished = last and len(words[0]) >= SHORTEST_PREFIX and words[0].isalpha()
        term = Term(words, open=unfinished, exact=quoted)
        if token[1] or token[3]:
            excluded.append(replace(term, open=False))
        elif alternative:
            required[-1] = (*required[-1], term)
        else:
            required.append((term,))
        alternative = False
        if not room:
            break
    return Expression(tuple(required), tuple(excluded))
