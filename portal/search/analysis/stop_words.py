"""
Words that carry a sentence and say nothing of its subject, by language, without accents.

They are indexed like any other. Among words that do say something they need not be found, so that
"licensing of the spyware" finds what has "spyware licensing"; by themselves they must. "us", "it"
and other words that name something here when they stand alone still find it.
"""

from portal.search.analysis.stemming import without_marks

_ALEF = str.maketrans("أإآىة", "ااايه")


def is_function_word(word: str, language: str) -> bool:
    """Say whether the word says nothing by itself in this language, one of `LANGUAGES`."""
    return _plain(word) in FUNCTION_WORDS.get(language, ())


def says_nothing(word: str) -> bool:
    """Say whether the word says nothing by itself in any language, as single letters do."""
    single = len(word) == 1 and word.isalpha()
    return single or any(is_function_word(word, language) for language in FUNCTION_WORDS)


def _plain(word: str) -> str:
    return without_marks(word.translate(_ALEF).casefold())


_LISTED = {
    "en": (
        "a about after an and any are as at be been before but by can could did do does for from"
        " had has have he how i if in into is it its may me my no not now of on or our shall she"
        " should so such that the their them then there these they this those to under was we were"
        " what when where which who why will with without would you your"
    ),
    "fr": (
        "a ai apres au aux avant avec c ce ces cette comment d dans de des donc dont du elle elles"
        " en est et etre il ils j je l la le les leur leurs m mais me n ne ni nos notre nous on ont"
        " or ou par pas plus pour qu quand que quel quelle quelles quels qui quoi s sa sans se ses"
        " si son sont sur t te un une vos votre vous y"
    ),
    "es": (
        "a al ante antes aun como con cual cuales cuando de del desde despues donde e el ella ellas"
        " ellos en entre era es esa ese eso esta estas este esto estos fue ha han hasta hay la las"
        " le les lo los mas me mi muy ni no nos o para pero por porque que quien se ser si sin"
        " sobre son su sus tras u un una unas uno unos y ya"
    ),
    "ru": (
        "а без был была были было быть в вам вас во вот все вы где да для до его ее если есть"
        " еще же за и из или им их к как какие какой ко когда которые который кто ли между"
        " может можно могут мы на над не нет ни них но о об один он она они от перед по под"
        " после при с со так также такой то"
        " того тоже только у уже чем что чтобы эта эти это этого этой этот я"
    ),
    "ar": (
        "الا التي الذي الذين الى ام ان او اي بعد بل بين تلك ثم حتى حول ذلك عن عند على غير في"
        " قد كان كانت كل كما كيف لا لكن لم لن له لها ليس ما متى مع من منذ هذا هذه هل هم هو هي"
        " و يا"
    ),
}
FUNCTION_WORDS = {
    language: frozenset(_plain(word) for word in words.split())
    for language, words in _LISTED.items()
}
