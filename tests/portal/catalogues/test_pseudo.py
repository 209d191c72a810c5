"""
Pages in a language that nobody speaks: what is not in it is in no catalogue.

The pseudo-language stands in for English, so that addresses and dates are as they always are.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup, Comment, Doctype, NavigableString
from django.apps import apps
from django.db import models
from django.template import engines

from portal.catalogues.files import compile_to, read_template
from portal.catalogues.pseudo import BEGINS, ENDS, pseudo_catalogue, pseudo_text
from portal.stakeholders import countries
from portal.taxonomy import languages
from tests.consultations.responses.builders import consultation_that_asks
from tests.consultations.responses.walk import Visitor
from tests.portal.catalogues.unmarked import NOT_READ, is_read

LETTERS = re.compile(r"[^\W\d_]{2}")
# What stands between pieces of a page: "Search – Code in Practice".
BETWEEN = re.compile(r"(?<!\S)[–·](?!\S)")
# Addresses, and days, which are written by other rules than a catalogue's.
SAME = re.compile(r"https?://\S+|\b\d{1,2} [A-Z][a-z]+ 20\d\d\b|\d\d:\d\d \(UTC\)|\(\)")
# What is the same in every language: the portal's name, formats, files.
NAMES = {
    *("Code in Practice", "(Python)", "(JSON)", "(JSON Lines)"),
    *("verify.py", "leaves.jsonl", "checkpoints.json"),
}


# -- The language ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Open", "⟦Ópéñ ~~⟧"),
        ("Sent by %(name)s", "⟦Šéñť bý %(name)s ~~~~~~⟧"),
        ("{count} of %s, 100 %%", "⟦{count} óf %s, 100 %% ~~~~~~~~⟧"),
        ('<a href="/code">Code</a>', '⟦<a href="/code">Çóđé</a> ~~~~~~~~~~⟧'.replace("đ", "d")),
        (" or ", " ⟦óř ~⟧ "),
        ("a&nbsp;b", "⟦á&nbsp;b ~~~⟧"),
        ("", ""),
        (" ", " "),
    ],
)
def test_a_message_is_longer_and_accented_and_its_placeholders_stay(message, expected):
    assert pseudo_text(message) == expected


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("locale")
    compile_to(folder / "en" / "LC_MESSAGES" / "django.mo", pseudo_catalogue(read_template(), "en"))
    return folder


@pytest.fixture
def pseudo(compiled, settings):
    settings.LOCALE_PATHS = [compiled]


# -- Pages -----------------------------------------------------------------------------------------


def words_outside(html: str) -> list[str]:
    """The words of a page, read or heard, that stand outside the brackets of every message."""
    page = BeautifulSoup(html, "html.parser")
    found = []
    depth = 0
    for node in page.descendants:
        if isinstance(node, NavigableString):
            if isinstance(node, (Comment, Doctype)) or node.find_parent(sorted(NOT_READ)):
                continue
            outside, depth = without_messages(str(node), depth)
            found.append(outside)
        else:
            attributes = dict(node.attrs)
            found += [
                without_messages(str(value), 0)[0]
                for name, value in attributes.items()
                if is_read(node.name, name, attributes)
            ]
    assert depth == 0, "a message was cut"
    return [words for text in found if LETTERS.search(words := " ".join(text.split()))]


def without_messages(text: str, depth: int) -> tuple[str, int]:
    """What of a text is outside the brackets, and how many are open at its end."""
    outside = ""
    for sign in text:
        depth += (sign == BEGINS) - (sign == ENDS)
        outside += sign if depth == 0 and sign != ENDS else ""
    return outside, depth


def content() -> str:
    """Every text of the database."""
    texts: list[str] = []
    for model in apps.get_models():
        kept = [
            field.name
            for field in model._meta.local_concrete_fields
            if isinstance(field, (models.CharField, models.TextField, models.JSONField))
        ]
        for row in model._default_manager.values_list(*kept) if kept else []:
            for value in row:
                texts += strings(getattr(value, "raw_data", value))
    return " ".join(" ".join(texts).split())


def strings(value: Any) -> Iterator[str]:
    """The strings in a value of JSON, without the tags in them."""
    if isinstance(value, str):
        if value[:1] in ("[", "{"):
            yield from strings(json.loads(value))
        else:
            yield BeautifulSoup(value, "html.parser").text if "<" in value else value
    elif isinstance(value, dict):
        yield from (each for inner in value.values() for each in strings(inner))
    elif hasattr(value, "__iter__"):
        yield from (each for inner in value for each in strings(inner))


def left(html: str) -> list[str]:
    """The words of a page that are in no message, no row and no list of names, ours or CLDR's."""
    names = (*map(languages.name_of, languages.codes()), *countries.names_in("en").values())
    known = " ".join([content(), *names])
    return [
        piece.strip()
        for words in words_outside(html)
        for piece in BETWEEN.split(SAME.sub("", words))
        if LETTERS.search(piece) and piece.strip() not in NAMES and piece.strip() not in known
    ]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/", 200),
        ("/en/consultations/", 200),
        ("/en/guides/", 200),
        ("/en/search/?q=export", 200),
        ("/en/accounts/login/", 200),
        ("/en/accounts/signup/", 200),
        ("/record/", 200),
        ("/en/nothing-here/", 404),
    ],
)
def test_every_word_of_a_page_is_in_the_catalogue(pseudo, site_tree, client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert left(answer.content.decode()) == []


def test_every_word_of_a_consultation_and_its_answering_is_in_the_catalogue(pseudo, site_tree):
    page = consultation_that_asks()
    visitor = Visitor(page)
    assert left(visitor.client.get(page.url).content.decode()) == []
    for name in ("start", "identity"):
        answer = visitor.see(name)
        assert answer.status_code == 200
        assert left(answer.content.decode()) == []


def test_each_function_of_gettext_works_in_jinja():
    source = """{{ pgettext("c", "Go") }} {{ npgettext("c", "%(num)s day", "%(num)s days", 2) }}"""
    assert engines["jinja2"].from_string(source).render() == "Go 2 days"


def test_a_word_that_is_in_no_catalogue_is_found():
    page = '<p>⟦Ópéñ <b>ťhé ⟦fílé⟧</b> ~~⟧ now</p><a title="Close">⟦x⟧</a><script>no</script>'
    assert words_outside(page) == ["now", "Close"]
