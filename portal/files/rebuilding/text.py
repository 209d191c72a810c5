"""Plain text and tables of it (CSV): the words as they are seen, in UTF-8."""

import csv
import io
import re
import unicodedata

from portal.files.limits import Limits
from portal.files.rebuilding.result import Rebuilt, Refused
from portal.formulas import safe

LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# What terminals obey: colours, and titles of windows.
TERMINAL = re.compile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?)")
# Without a width, or of no meaning outside one font: a row of them can hold a message.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b"
    "\u202d\u202e\u2060-\u2065\u206a-\u206f\u3164\ud800-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
# Signs that join letters stay where a script is written with them: from the Hebrew block on.
LOOSE_JOINER = re.compile(
    "(?<![\u0590-\U0010ffff])[\u200c\u200d]+|(?<=[\u200c\u200d])[\u200c\u200d]+"
)
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069]")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
DELIMITERS = ",;\t|"


def rebuild_text(data: bytes, limits: Limits) -> Rebuilt:
    """Return the text in UTF-8 with LF line ends, without what no reader sees. Raises Refused."""
    words, notes = decoded(data)
    words = re.sub("[ \t]+(?=\n|$)", "", words)
    return Rebuilt("txt", words.encode(), words[: limits.text_characters], notes)


def rebuild_table(data: bytes, limits: Limits) -> Rebuilt:
    """
    Return the table in UTF-8, its cells as they are seen; what would run as a formula is made text.

    Raises Refused.
    """
    words, notes = decoded(data)
    csv.field_size_limit(limits.file_bytes)
    delimiter = max(DELIMITERS, key=words.partition("\n")[0].count)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    try:
        for row in csv.reader(io.StringIO(words), delimiter=delimiter):
            cells = safe(row)
            if cells != row and "formula-cells" not in notes:
                notes = (*notes, "formula-cells")
            writer.writerow(cells)
    except csv.Error:
        raise Refused("table") from None
    made = out.getvalue()
    return Rebuilt("csv", made.encode(), made[: limits.text_characters], notes)


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the words that are seen in a text's bytes, with a note where others are not."""
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        words = data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("not-utf-8") from None
    return visible(words), ("unseen-characters",) if UNSEEN.search(words) else ()


def visible(words: str) -> str:
    """
    Return a text as it is seen: composed characters, one kind of space and line end.

    What has no width can hold a message, such as who got this copy. Cleaning twice changes nothing.
    """
    words = TERMINAL.sub("", LINE_END.sub("\n", words))
    words = LOOSE_JOINER.sub("", UNSEEN.sub("", SPACE.sub(" ", words)))
    if not RIGHT_TO_LEFT.search(words):
        words = DIRECTION.sub("", words)
    return unicodedata.normalize("NFC", words)
