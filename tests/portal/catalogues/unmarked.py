"""Finds words of templates that stand in no call of gettext: a machine cannot translate them."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.template import engines
from django.template.base import Lexer, TokenType
from jinja2 import TemplateSyntaxError, nodes

# A line, and the words that are not marked in it.
Found = tuple[int, str]

# Stands for what a template fills in. No letter, and no white space between two words.
FILLED = "\ue000"
LETTERS = re.compile(r"[^\W\d_]")
# A string that a person reads: it begins like a sentence, or is written like one.
SENTENCE = re.compile(r"^\W*[A-Z][a-z]*\b(?![-.])|[a-z][!?…:]\s*$| .*[a-z][.]\s*$|[a-z], [a-z]")
HUMAN = {"alt", "aria-label", "aria-description", "aria-roledescription", "placeholder", "title"}
BUTTONS = {"submit", "button", "reset"}
DESCRIBING = {"description", "og:title", "og:description", "og:image:alt"}
# What is written in them is for machines, or the same in every language.
NOT_READ = {"script", "style", "code", "pre", "kbd", "samp"}
GETTEXT = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
# An attribute that a template keeps to write it into an element later.
ATTRIBUTE = re.compile(r"([\w:-]+)=\"([^\"]*)\"")
MARKED = re.compile(r"_\(\s*(\"[^\"]*\"|'[^']*')\s*\)")
QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
# Filters of Django's whose strings stand in the page.
WRITTEN = re.compile(r"\|(?:default|default_if_none|yesno|add):(?:\"([^\"]*)\"|'([^']*)')")
GLUED = re.compile(r"\|pluralize\b")


class Reader(HTMLParser):
    """Collects the words that a person reads or hears of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Found] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name, value in attrs:
            if value and is_read(tag, name, given):
                self.note(value)
        if tag in NOT_READ:
            self.silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.silent:
            self.silent.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            for name, value in ATTRIBUTE.findall(data):
                if is_read("", name, {}):
                    self.note(value)
            self.note(ATTRIBUTE.sub("", data))

    def note(self, text: str) -> None:
        if LETTERS.search(text):
            before = len(text) - len(text.lstrip())
            line = self.getpos()[0] + text[:before].count("\n")
            self.found.append((line, " ".join(text.replace(FILLED, " … ").split())))


def is_read(tag: str, attribute: str, given: dict[str, str | None]) -> bool:
    """Whether a person reads or hears an attribute of an element."""
    if attribute in HUMAN:
        return True
    if attribute == "value":
        return tag == "input" and given.get("type") in BUTTONS
    return (
        attribute == "content"
        and tag == "meta"
        and (given.get("name") or given.get("property")) in DESCRIBING
    )


def words_of(html: str) -> list[Found]:
    """The words of a page, each piece of text and each attribute by itself."""
    reader = Reader()
    # An element whose name is filled in is one all the same.
    reader.feed(re.sub(f"(</?){FILLED}+", r"\1div ", html))
    reader.close()
    return reader.found


def unmarked(path: Path) -> list[Found]:
    """The words of a template's file that are in no call of gettext."""
    source = path.read_text(encoding="utf-8")
    without = without_django if "django" in path.parts else without_jinja
    text, strings = without(source)
    in_text = words_of(text) if path.suffix == ".html" else words_of_text(text)
    return sorted({*in_text, *strings})


def words_of_text(text: str) -> list[Found]:
    return [
        (number, line.strip())
        for number, line in enumerate(text.split("\n"), start=1)
        if LETTERS.search(line)
    ]


def without_jinja(source: str) -> tuple[str, list[Found]]:
    """
    A Jinja template's text, line by line, and the strings in its expressions that read like words.

    A string that an expression writes stands in the text too, where it would be in the page.
    """
    env: Any = engines["jinja2"].env
    text = ""
    tag: list[str] = []
    expression: list[str] | None = None
    in_trans = False
    for line, kind, value in env.lex(source):
        if kind == "data":
            text += "\n" * (line - 1 - text.count("\n"))
            text += FILLED if in_trans else value
        elif kind == "variable_begin":
            expression = []
        elif kind == "variable_end":
            text += FILLED + FILLED.join(written("".join(expression or []), env))
            expression = None
        elif expression is not None:
            expression.append(value)
        elif kind == "block_begin":
            tag = []
        elif kind == "name":
            tag.append(value)
        elif kind == "block_end" and tag[:1] in (["trans"], ["endtrans"]):
            in_trans = tag[0] == "trans"
    return text, list(strings_of(env.parse(source)))


def written(expression: str, env: Any) -> Iterator[str]:
    """The strings of an expression that it may write as they are."""
    try:
        [output] = env.parse("{{ " + expression + " }}").body
    except TemplateSyntaxError:  # of a tag that another extension reads
        return
    waiting = list(output.iter_child_nodes())
    while waiting:
        node = waiting.pop()
        if isinstance(node, nodes.Const) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, nodes.CondExpr):
            waiting += [each for each in (node.expr1, node.expr2) if each]
        elif isinstance(node, (nodes.Or, nodes.And, nodes.Add)):
            waiting += [node.left, node.right]
        elif isinstance(node, nodes.Concat):
            waiting += node.nodes
        elif isinstance(node, nodes.Filter):
            given = node.args if node.name in ("default", "d") else []
            waiting += [*([node.node] if node.node else []), *given]


def strings_of(node: nodes.Node) -> Iterator[Found]:
    """The strings in expressions that read like sentences."""
    if isinstance(node, nodes.Call) and getattr(node.node, "name", "") in GETTEXT:
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        for _line, words in words_of(node.value):
            if SENTENCE.search(words):
                yield node.lineno, words
    for child in node.iter_child_nodes():
        yield from strings_of(child)


def without_django(source: str) -> tuple[str, list[Found]]:
    """A Django template's text, line by line, and the strings in its tags that read like words."""
    text = ""
    strings: list[Found] = []
    until = None
    for token in Lexer(source).tokenize():
        name = (token.contents.split() or [""])[0]
        if token.token_type == TokenType.TEXT:
            text += "\n" * token.contents.count("\n") if until else token.contents
        elif token.token_type == TokenType.VAR:
            text += FILLED
            rest = MARKED.sub("", token.contents)
            strings += [(token.lineno, a or b) for a, b in WRITTEN.findall(rest) if a or b]
            strings += [(token.lineno, glued) for glued in GLUED.findall(rest)]
        elif token.token_type == TokenType.BLOCK:
            if name in ("blocktranslate", "blocktrans", "comment"):
                until, text = f"end{name}", text + FILLED
            elif name == until:
                until = None
            elif name not in ("translate", "trans"):
                rest = MARKED.sub("", token.contents)
                quoted = [a or b for a, b in QUOTED.findall(rest)]
                strings += [(token.lineno, words) for words in quoted if SENTENCE.search(words)]
    return text, [(line or 0, words) for line, words in strings if LETTERS.search(words)]
