"""
Pages in each language: nothing is left in English, and an editor's text says which it is in.

What reads aloud, and what lays out from right to left, goes by `lang` and `dir` alone.
"""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from bs4 import Tag
from django.test import Client
from django.urls import reverse

from consultations.calls.models import ConsultationIndexPage, ConsultationPage
from consultations.discussion.models import Comment
from portal.catalogues.files import folder, read
from portal.languages.addresses import in_language
from tests.consultations.responses.builders import consultation_that_asks
from tests.consultations.responses.walk import Visitor
from tests.portal.catalogues.test_pseudo import for_everybody, pieces, strings
from tests.portal.catalogues.unmarked import NOT_READ

pytestmark = pytest.mark.django_db

LATIN = re.compile(r"[A-Za-z][A-Za-z.'’-]*[A-Za-z]")
OWN_SCRIPT = {"ru": re.compile(r"[А-яЁё]{2}"), "ar": re.compile(r"[\u0621-\u064a]{2}")}
# Addresses, files, and codes with a digit in them.
SAME = re.compile(
    r"Code in Practice|https?://\S+|\S+@\S+|\S+\.(?:org|py|json|jsonl)\b|\b\S*\d\S*|[a-z]+://\S*"
)


def language_of(element: Tag) -> str:
    """The language that an element's text is said to be in."""
    around = [element, *element.parents]
    return next(each["lang"] for each in around if each.get("lang") is not None)


def is_aside(element: Tag) -> bool:
    """Whether its words are no sentence: the head has one language, names run by themselves."""
    return any(each.name in {*NOT_READ, "head", "bdi"} for each in [element, *element.parents])


def spoken_pieces(html: str) -> Iterator[tuple[str, str]]:
    """The words of a page, each with the language that it is said to be in."""
    for element, words, _is_attribute in pieces(html):
        if words.strip() and not is_aside(element):
            yield language_of(element), " ".join(words.split())


# -- What another task marks: the texts of consultations -------------------------------------------


def of_consultations() -> list[str]:
    """What is written in consultations, by whom they are asked, and who spoke there."""
    index = ConsultationIndexPage.objects.get()
    texts = [index.title, index.summary, "English"]  # the last: what an answer is written in
    for page in ConsultationPage.objects.all():
        kept = [page.title, page.summary, page.decided_already, page.can_change, page.who_decides]
        texts += [*kept, str(page.host), *strings(list(page.questionnaire_parts.raw_data))]
    texts += Comment.objects.values_list("author_name", flat=True)
    whole = {" ".join(text.split()) for text in texts if text.strip()}
    return sorted(whole, key=len, reverse=True)


# -- Reading ---------------------------------------------------------------------------------------


def opened(client: Client, addresses: list[str], language: str) -> Iterator[tuple[str, str]]:
    for address in addresses:
        there = in_language(address, language)
        if there == address and not address.startswith(f"/{language}/"):
            there = f"{address}?lang={language}"
        answer = client.get(there)
        assert answer.status_code in (200, 404), there
        yield there, answer.content.decode()


def without(known: list[str], words: str) -> str:
    for each in known:
        words = words.replace(each, "")
    return words


def latin(html: str, language: str, known: list[str]) -> list[str]:
    """The Latin words of a page that stand where its own language is spoken."""
    return [
        words
        for spoken, words in spoken_pieces(html)
        if spoken == language
        if set(LATIN.findall(SAME.sub("", without(known, words)))) - names(language)
    ]


def astray(html: str, language: str) -> list[str]:
    """The words of the page's own script that are said to be in a language of Latin letters."""
    own = OWN_SCRIPT[language]
    return [words for spoken, words in spoken_pieces(html) if spoken == "en" and own.search(words)]


def english(html: str, language: str, known: list[str]) -> list[str]:
    """The messages that a page says in English although the catalogue has them otherwise."""
    return [
        words
        for spoken, words in spoken_pieces(html)
        if spoken == language and words in said_otherwise(language) and words not in known
    ]


@cache
def names(language: str) -> set[str]:
    """The Latin words that the catalogue of a language has itself: ECHRI, PDF, Tor Browser."""
    found = set()
    for message in read(folder() / language / "LC_MESSAGES" / "django.po"):
        told = message.string if isinstance(message.string, str) else " ".join(message.string)
        found |= set(LATIN.findall(re.sub(r"%\(\w+\)s|<[^>]*>", " ", told)))
    return found | {"JSON", "Lines", "PEM"}  # formats


@cache
def said_otherwise(language: str) -> set[str]:
    """The English messages that a language says in other words, wherever it says them."""
    messages = [
        (message.id, message.string)
        for message in read(folder() / language / "LC_MESSAGES" / "django.po")
        if isinstance(message.id, str) and message.id
    ]
    return {words for words, _told in messages} - {
        words for words, told in messages if words == told
    }


# -- Pages -----------------------------------------------------------------------------------------


def faults(client: Client, addresses: list[str], language: str) -> dict[str, list[str]]:
    """What is in the wrong language, by address."""
    known, found = of_consultations(), {}
    for address, html in opened(client, addresses, language):
        words = english(html, language, known)
        if language in OWN_SCRIPT:
            words += [*latin(html, language, known), *astray(html, language)]
        if words:
            found[address] = words
    return found


each_language = pytest.mark.parametrize("language", ["fr", "es", "ru", "ar"])


@each_language
def test_a_page_for_everybody_is_in_the_reader_s_language(site_tree, client, language):
    found = faults(client, for_everybody(), language)
    assert found == {}


@each_language
def test_answering_is_in_the_reader_s_language(site_tree, language):
    visitor = Visitor(consultation_that_asks())
    assert faults(visitor.client, [visitor.at("start"), visitor.at("identity")], language) == {}
    visitor.begin()
    pages = [("tasks",), ("part", 1), ("part", 2), ("check",)]
    addresses = [visitor.at(*each) for each in pages]
    assert faults(visitor.client, addresses, language) == {}


@each_language
def test_an_account_is_in_the_reader_s_language(site_tree, client, member, language):
    client.force_login(member)
    names = ("account_overview", "account_profile", "account_responses", "account_email")
    assert faults(client, [reverse(name) for name in names], language) == {}


def test_what_is_left_in_english_is_found():
    page = """<html lang="ru"><p>Файл PDF: rules <span lang="en">Read it <b>Файл</b></span>
    <bdi>Anna</bdi> <a title="Search">x</a> <code>curl</code> ECHRI-2026-01</p></html>"""
    assert latin(page, "ru", []) == ["Файл PDF: rules", "Search"]
    assert astray(page, "ru") == ["Файл"]
    assert english(page.replace('"ru"', '"fr"'), "fr", []) == ["Search"]
