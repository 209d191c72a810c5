"""
Pages in a language that nobody speaks: what is not in it is in no catalogue.

The pseudo-language stands in for English, so that addresses and dates are as they always are.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup, Comment, Doctype, NavigableString, Tag
from django.apps import apps
from django.db import models
from django.template import engines
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from knowledge.guides.models import GuideEnd
from knowledge.guides.versions.actions import keep_version
from knowledge.learning.models import Certificate
from portal.catalogues.faults import faults_of
from portal.catalogues.files import compile_to, read, read_template, update, write
from portal.catalogues.pseudo import BEGINS, ENDS, pseudo_catalogue, pseudo_text
from portal.cms.models import CommitmentPage
from portal.stakeholders import countries
from portal.taxonomy import languages
from tests.consultations.factories import comment_on
from tests.consultations.responses.builders import consultation_that_asks
from tests.consultations.responses.walk import Visitor
from tests.knowledge.fact_checks.building import asked, opened
from tests.knowledge.factories import GuidePageFactory
from tests.knowledge.learning.building import path_of
from tests.portal.catalogues.unmarked import NOT_READ, is_read

LETTERS = re.compile(r"[^\W\d_]{2}")
# What stands between pieces of a page: "Search – Code in Practice".
BETWEEN = re.compile(r"(?<!\S)[–·](?!\S)")
# Addresses, and days, which are written by other rules than a catalogue's.
SAME = re.compile(r"https?://\S+|\b\d{1,2} [A-Z][a-z]+ 20\d\d\b|\d\d:\d\d \(UTC\)|\(\)")
# What is the same in every language: the portal's name, formats, files.
NAMES = {
    *("Code in Practice", "(Python)", "(PEM)", "(JSON)", "(JSON Lines)"),
    *("BibTeX", "RIS", "CSL-JSON", "APA", "OSCOLA"),
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


def test_every_message_can_be_translated_without_a_fault(tmp_path):
    """The whole way of a translation, in the language with most plural forms."""
    file = tmp_path / "ar" / "LC_MESSAGES" / "django.po"
    write(file, pseudo_catalogue(read_template(), "ar"))
    catalogue = read(file)
    update(catalogue, read_template())
    write(file, catalogue)
    assert len(catalogue) > 4000
    assert list(map(str, faults_of(file))) == []


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    folder = tmp_path_factory.mktemp("locale")
    compile_to(folder / "en" / "LC_MESSAGES" / "django.mo", pseudo_catalogue(read_template(), "en"))
    return folder


@pytest.fixture
def pseudo(compiled, settings):
    settings.LOCALE_PATHS = [compiled]


# -- Pages -----------------------------------------------------------------------------------------


def pieces(html: str) -> Iterator[tuple[Tag, str, bool]]:
    """What is read or heard of a page: an element, its words, whether an attribute has them."""
    for node in BeautifulSoup(html, "html.parser").descendants:
        if isinstance(node, NavigableString):
            if not isinstance(node, (Comment, Doctype)) and node.parent.name not in NOT_READ:
                yield node.parent, str(node), False
        else:
            attributes = dict(node.attrs)
            for name, value in attributes.items():
                if is_read(node.name, name, attributes):
                    yield node, str(value), True


def words_outside(html: str) -> list[str]:
    """The words of a page, read or heard, that stand outside the brackets of every message."""
    found = []
    depth = 0
    for _element, words, is_attribute in pieces(html):
        outside, after = without_messages(words, 0 if is_attribute else depth)
        depth = depth if is_attribute else after
        found.append(outside)
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


def left(html: str, known: str) -> list[str]:
    """The words of a page that are in no message, not known and no names, ours or CLDR's."""
    return [
        piece
        for words in words_outside(html)
        if words not in known
        for piece in map(bare, BETWEEN.split(SAME.sub("", words)))
        if LETTERS.search(piece) and piece not in NAMES and piece not in known
    ]


def bare(piece: str) -> str:
    """A piece without the number before it, and without what joins it to a message."""
    return re.sub(r"^\d+\. ", "", piece.strip(" :")).strip()


def words_left(client: Client, addresses: list[str]) -> dict[str, list[str]]:
    """What is left of the words of pages, by their addresses."""
    names = (*map(languages.name_of, languages.codes()), *countries.names_in("en").values())
    known = " ".join([content(), *names])
    found = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == (404 if address in NOT_THERE else 200), address
        assert BEGINS in answer.content.decode(), address
        if words := left(answer.content.decode(), known):
            found[address] = words
    return found


NOT_THERE = ["/en/nothing-here/", "/en/record/999/", "/en/made/nobody-s-token/"]
NOT_THERE += ["/en/learning/certificates/1/"]


def for_everybody() -> list[str]:
    """Addresses of pages of every kind that anybody may open, with something on them."""
    page, guide = consultation_that_asks(), GuidePageFactory()
    expert = asked(opened(guide))
    secret = expert.renew(timezone.now().date())
    expert.save()
    comment_on(page)
    keep_version(guide, timezone.now())
    guide.summary, guide.change_note = "Another summary.", "Another summary"
    keep_version(guide, timezone.now())
    versions = f"{guide.url}versions/"
    ended = GuidePageFactory()
    keep_version(ended, timezone.now())
    ended.unpublish()
    GuideEnd.objects.create(
        guide=ended, kind="superseded", reason="Old.", ended_at=timezone.now(), successor=guide
    )
    path = path_of(guide)
    paper = Certificate.objects.create(
        path=path.key, title=path.title, language="en", minutes=60, day=timezone.localdate()
    )
    # The six pages of the Code's headings are alike: one of them is enough.
    pages = Page.objects.live().not_type(CommitmentPage)
    standing = [each.url for each in [*pages, CommitmentPage.objects.first()] if each.url]
    assert len(standing) > 15
    return [
        *(
            *standing,
            page.url,
            guide.url,
            f"{guide.url}useful/",
            path.url,
            f"{path.url}modules/{guide.slug}/",
            f"{path.url}certificate/",
            paper.get_absolute_url(),
            f"{page.url}discussion/",
            "/en/states/be/",
        ),
        *("/en/accounts/login/", "/en/accounts/signup/", "/en/accounts/password/reset/"),
        *("/en/search/?q=rights", "/en/search/?q=zzzzqq", "/record/", "/record/verify/"),
        *(versions, f"{versions}1/", f"{versions}compare/?from=1&to=2"),
        *(f"{versions}compare/?from=1&to=1", ended.url, f"{ended.url}versions/1/"),
        reverse("check_facts", args=[secret]),
        reverse("self_assessment:states"),
        reverse("self_assessment:company"),
        *(reverse("take_along"), reverse("check_pack")),
        *NOT_THERE,
    ]


def test_every_word_of_a_page_for_everybody_is_in_the_catalogue(pseudo, site_tree, client):
    assert words_left(client, for_everybody()) == {}


def test_every_word_of_answering_is_in_the_catalogue(pseudo, site_tree):
    visitor = Visitor(consultation_that_asks())
    assert words_left(visitor.client, [visitor.at("start"), visitor.at("identity")]) == {}
    visitor.begin()
    pages = [("tasks",), ("part", 1), ("part", 2), ("check",)]
    assert words_left(visitor.client, [visitor.at(*each) for each in pages]) == {}


def test_every_word_of_an_account_is_in_the_catalogue(pseudo, site_tree, client, member):
    client.force_login(member)
    names = ("account_overview", "account_profile", "account_responses", "account_email")
    assert words_left(client, [reverse(name) for name in (*names, "learning:kept")]) == {}


def test_each_function_of_gettext_works_in_jinja():
    source = """{{ pgettext("c", "Go") }} {{ npgettext("c", "%(num)s day", "%(num)s days", 2) }}"""
    assert engines["jinja2"].from_string(source).render() == "Go 2 days"


def test_a_word_that_is_in_no_catalogue_is_found():
    page = '<p>⟦Ópéñ <b>ťhé ⟦fílé⟧</b> ~~⟧ now</p><a title="Close">⟦x⟧</a><script>no</script>'
    assert words_outside(page) == ["now", "Close"]
