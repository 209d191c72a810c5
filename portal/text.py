"""
What typed text is: one rule for every form, field, code and count (decision 0033).

Text is composed (Unicode's form C), has one kind of line end, and holds what people see. What has
no width stays where a script is written with it. `portal/design/js/count.js` counts by the same
rules: a change here is a change there.
"""

import re
import unicodedata

# Vertical tab, form feed, next line, and Unicode's own separators: pasted from word processors.
LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Controls, halves of characters, and signs that nobody sees whatever stands beside them. What
# terminals obey goes whole, or its letters would stay behind.
UNSEEN = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]"
    "|[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u202a-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\U000e0080-\U000e00ff"
    "\U000e01f0-\U000e0fff]"
)
# A flag of a part of a country is a black flag and tags; tags elsewhere can hold a message.
FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f"
TAGS = re.compile(f"({FLAG})|[\U000e0000-\U000e007f]+")
# Choosers of a shape: one after a character that is seen.
SHAPES = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
SHAPE = re.compile(f"(^|[\\s\u200b-\u200d{SHAPES}])[{SHAPES}]+|(?<=[{SHAPES}])[{SHAPES}]+")
# Where words are not parted by spaces, a space without width says where a line may end.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf]"
)
NO_SPACE = re.compile("\u200b+")
NON_JOINER, JOINER = "\u200c", "\u200d"
JOINERS = re.compile("[\u200c\u200d]+")
# More marks on one letter than any orthography has run over the lines above and below.
MOST_MARKS = 6
MANY_MARKS = re.compile("[^\x00-\u02ff]{7}")
BLANK = "\u2800"  # Braille's empty cell: it has a width, and shows nothing
UNKNOWN = "Cn"  # newer than our table, as a new emoji is: it counts as one
# Blanks, controls, signs without width, marks.
NOTHING = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Mn", "Mc", "Me"))
TATWEEL = "\u0640"  # lengthens a line of Arabic and says nothing
# What Persian and Urdu keyboards give for letters that Arabic has as well.
ARABIC_FOR = str.maketrans("\u06a9\u06cc\u06d2\u06c1\u06be\u06c0", "كيي\u0647\u0647\u0647", TATWEEL)
MINUS = "\u2212\u02d7\u2043"  # dashes that Unicode does not count as such


def plain(typed: str) -> str:
    """
    Return text as it is kept: composed, with "\\n" and "\\t" as its only controls.

    Marks of direction stay, since Arabic and Latin in one line need them; what turns whole
    stretches round goes, since "evil" can be made to read "live". Of the marks on a letter the
    first six are kept. Cleaning twice changes nothing.
    """
    text = UNSEEN.sub("", LINE_END.sub("\n", typed))
    if text.isascii():
        return text
    text = TAGS.sub(r"\1", unicodedata.normalize("NFC", text))
    text = NO_SPACE.sub(_parting, SHAPE.sub(r"\1", text))
    text = unicodedata.normalize("NFC", JOINERS.sub(_meant, text))
    return _bounded(text) if MANY_MARKS.search(text) else text


def is_empty(text: str) -> bool:
    """Say whether nothing is seen: only blanks, signs without width, marks without a letter."""
    return _shows_nothing(plain(text))


def clean_text(typed: str) -> str:
    """Return `plain` text without blank edges, "" where nothing is seen. Idempotent."""
    text = plain(typed).strip()
    return "" if _shows_nothing(text) else text


def clean_line(typed: str) -> str:
    """Return `clean_text` on one line, one space between words."""
    return " ".join(clean_text(typed).split())


def digits(text: str) -> str:
    """Turn the digits of any script into 0 to 9."""
    return "".join(str(unicodedata.decimal(each, each)) for each in text)


def dashes(text: str) -> str:
    """Turn every dash and minus into "-"."""
    return "".join(
        "-" if each in MINUS or unicodedata.category(each) == "Pd" else each for each in text
    )


def shown(text: str) -> str:
    """Return a line without marks of direction and whatever else has no width: to compare it."""
    return "".join(each for each in plain(text) if unicodedata.category(each) != "Cf").strip()


def figures(typed: str) -> str:
    """Return a number or date with the digits 0 to 9 and "-", without signs that have no width."""
    return dashes(digits(clean_line(shown(typed))))


def code(typed: str) -> str:
    """Return a code on one line, with the digits 0 to 9 and "-", in letters of one width."""
    return clean_line(dashes(digits(unicodedata.normalize("NFKC", shown(typed)))))


def arabic_letters(text: str) -> str:
    """Return a text to compare: Arabic's letters for Persian's and Urdu's, and no kashida."""
    return text.translate(ARABIC_FOR)


def folded(text: str) -> str:
    """Return a text to look for words in: without case, accents, widths and spellings of Arabic."""
    decomposed = unicodedata.normalize("NFKD", arabic_letters(text)).casefold()
    for each in set(decomposed):  # of a long text a hundred
        if unicodedata.category(each) in ("Mn", "Cf"):
            decomposed = decomposed.replace(each, "")
    return decomposed


def spellings(word: str) -> set[str]:
    """Return a word in small and capital letters: SQLite compares no case outside ASCII."""
    return {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}


def address(typed: str) -> str:
    """Return an e-mail address in letters of one width, without what is not seen."""
    return shown(unicodedata.normalize("NFKC", plain(typed)))


def _shows_nothing(text: str) -> bool:
    return all(each == BLANK or unicodedata.category(each) in NOTHING for each in text)


def _parting(found: re.Match[str]) -> str:
    """Keep one space without width between two letters of a script without spaces."""
    text, start, end = found.string, found.start(), found.end()
    is_between = UNSPACED.match(text[start - 1 : start]) and UNSPACED.match(text[end : end + 1])
    return found[0][0] if is_between else ""


def _meant(found: re.Match[str]) -> str:
    """Keep a joiner after a letter without case (Arabic's, Indic ones), and between emoji."""
    text, at = found.string, found.start()
    while at and unicodedata.category(text[at - 1])[0] == "M":
        at -= 1
    before = unicodedata.category(text[at - 1]) if at else ""
    joiner = found[0][0]
    if before == "Lo":
        return joiner
    after = text[found.end() : found.end() + 1]
    is_drawn = before in ("So", "Sk", UNKNOWN) or text[at - 1 : at] == "\U000e007f"
    follows = unicodedata.category(after) in ("So", UNKNOWN) if after else False
    return joiner if is_drawn and follows and joiner == JOINER else ""


def _bounded(text: str) -> str:
    kept, marks = [], 0
    for each in text:
        if unicodedata.category(each) in ("Mn", "Me"):
            marks += 1
        elif each not in (NON_JOINER, JOINER):
            marks = 0
        if marks <= MOST_MARKS:
            kept.append(each)
    return "".join(kept)
