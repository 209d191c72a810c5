"""Finds sentences of templates that are put together from pieces: no other language has them so."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.template import engines
from django.template.base import Lexer, TokenType

# A line, and two pieces that stand side by side in it.
Found = tuple[int, str, str]

# Elements within a line: what stands before and after them is read in one go.
INLINE = re.compile(r"</?(?:a|abbr|b|bdi|cite|code|em|i|mark|q|small|span|strong|time)\b[^>]*>")
# A message, or what a template fills in: `M12:words` and `F12:expression`, between two signs that
# no template has.
MESSAGE = r"\ue000M(\d+):([^\ue001]*)\ue001"
FILLED = r"\ue000F(\d+):([^\ue001]*)\ue001"
VALUE_BEHIND = re.compile(rf"{MESSAGE}\s*{FILLED}")
VALUE_BEFORE = re.compile(rf"{FILLED}\s+{MESSAGE}")
TWO_MESSAGES = re.compile(rf"{MESSAGE}\s*[,–]?\s*{MESSAGE}")
WHOLE = re.compile(r"[.:?!…)]$")  # a sentence, or a label before its value
BEGINS = re.compile(r"[A-Z(“%<]")

JINJA_MESSAGE = re.compile(r"""(?:_|n?p?gettext)\((?:"[^"]*", )?(?:"([^"]*)"|'([^']*)')""")
DJANGO_MESSAGE = re.compile(r"""trans(?:late)? "([^"]*)"(?! as)""")
# Tags behind which another branch, or another place, begins.
APART = {
    *("block", "call", "elif", "else", "empty", "endblock", "endcall", "endmacro", "endset"),
    *("for", "include", "macro", "pluralize", "set"),
}


def glued(path: Path) -> list[Found]:
    """A template's messages that are one sentence with what stands beside them."""
    source = path.read_text(encoding="utf-8")
    text = (django_text if "django" in path.parts else jinja_text)(source)
    if path.suffix == ".txt":
        text = text.replace("\n", "<p>")
    return sorted(pairs_of(INLINE.sub("", text)))


def pairs_of(text: str) -> Iterator[Found]:
    for line, message, _, value in VALUE_BEHIND.findall(text):
        if not WHOLE.search(message):
            yield int(line), message, value
    for _, value, line, message in VALUE_BEFORE.findall(text):
        if not BEGINS.match(message):
            yield int(line), value, message
    for line, first, _, second in TWO_MESSAGES.findall(text):
        if not WHOLE.search(first) and not BEGINS.match(second):
            yield int(line), first, second


def piece(kind: str, line: int, words: str) -> str:
    return f"\ue000{kind}{line}:{' '.join(words.split())}\ue001"


def jinja_text(source: str) -> str:
    """A Jinja template with each expression and each message as one sign with its words."""
    env: Any = engines["jinja2"].env
    text, written, tag = "", "", ""
    inside, is_message = "", False
    for line, kind, value in env.lex(source):
        if kind in ("variable_begin", "block_begin"):
            inside, written, tag = kind, "", ""
        elif kind == "variable_end":
            found = JINJA_MESSAGE.match(written.strip())
            words = (found[1] or found[2]) if found else written
            text += piece("M" if found else "F", line, words)
            inside = ""
        elif kind == "block_end":
            name = (tag.split() or [""])[0]
            if name in ("trans", "endtrans"):
                is_message = name == "trans"
                text += "\n" if is_message else piece("M", line, "Trans.")
            elif name in APART:
                text += "<p>"
            inside = ""
        elif inside == "variable_begin":
            written += value
        elif inside == "block_begin":
            tag += value
        elif kind == "data" and not is_message:
            text += value
    return text


def django_text(source: str) -> str:
    """The same of a Django template."""
    text, until, message = "", "", ""
    for token in Lexer(source).tokenize():
        name = (token.contents.split() or [""])[0]
        line = token.lineno or 0
        if until:
            if name == until:
                until, text = "", text + piece("M", line, message)
            elif token.token_type == TokenType.TEXT:
                message += token.contents
            elif token.token_type == TokenType.VAR:
                message += "%"
        elif token.token_type == TokenType.TEXT:
            text += token.contents
        elif token.token_type == TokenType.VAR:
            text += piece("F", line, token.contents)
        elif token.token_type == TokenType.BLOCK:
            if name in ("blocktranslate", "blocktrans"):
                until, message = f"end{name}", ""
            elif found := DJANGO_MESSAGE.match(token.contents):
                text += piece("M", line, found[1])
            elif name in APART:
                text += "<p>"
    return text
