"""What an editor may write of a source, and what is refused at which field."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError

from knowledge.sources.models import Source
from tests.knowledge.factories import GuidePageFactory, SourceFactory, cite

pytestmark = pytest.mark.django_db


def faults(source) -> dict[str, list[str]]:
    try:
        source.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


def version(language="fr", address="https://law.example/fr", title="Règlement"):
    return ("version", {"language": language, "address": address, "title": title})


@pytest.mark.parametrize(
    "address",
    [
        "https://www.scribd.com/document/604076730",
        "https://docslib.org/doc/2238790/",
        "http://de.slideshare.net/x",
    ],
)
@pytest.mark.parametrize("field", ["address", "archive_address"])
def test_a_copy_on_a_site_that_shares_documents_is_no_address(address, field):
    found = faults(SourceFactory.build(**{field: address}))
    assert list(found) == [field]
    assert "shares other people’s documents" in found[field][0]


def test_a_language_version_may_not_be_such_a_copy_either():
    source = SourceFactory.build()
    source.versions = [version(address="https://www.scribd.com/document/1")]
    assert list(faults(source)) == ["versions"]


@pytest.mark.parametrize(
    "again",
    [
        "https://law.example/one",
        "http://law.example/one/",
        "https://www.law.example/one",
        "https://LAW.example/one",
    ],
)
def test_no_address_stands_twice_in_the_library(again):
    SourceFactory(key="first", address="https://law.example/one")
    for field in ("address", "archive_address"):
        found = faults(SourceFactory.build(**{field: again}))
        assert found == {field: [f"The source “first” has this address: {again}"]}
    other = SourceFactory.build()
    other.versions = [version(address=again)]
    assert list(faults(other)) == ["versions"]


def test_the_same_address_may_serve_several_languages_of_one_source():
    source = SourceFactory.build(address="https://law.example/one")
    source.versions = [version(address="https://law.example/one")]
    assert faults(source) == {}


@pytest.mark.parametrize(
    ("year", "is_right"), [(21, False), (1648, True), (2027, True), (2028, False)]
)
@time_machine.travel("2026-06-01T12:00Z")
def test_a_year_is_one_in_which_documents_are_made(year, is_right):
    assert ("year" not in faults(SourceFactory.build(year=year))) is is_right


@time_machine.travel("2026-06-01T12:00Z")
def test_nobody_has_read_it_tomorrow():
    assert faults(SourceFactory.build(read_on=date(2026, 6, 1))) == {}
    found = faults(SourceFactory.build(read_on=date(2026, 6, 2)))
    assert found == {"read_on": ["This day is still to come."]}


@pytest.mark.parametrize("key", ["EU 2021", "a_b", "-a", "a--b", "ا"])
def test_a_key_is_what_can_stand_in_an_address(key):
    found = faults(SourceFactory.build(key=key, address="https://law.example/"))
    assert list(found) == ["key"]


def test_the_key_stays_once_the_source_is_cited(site_tree):
    source = SourceFactory(key="e1")
    source.key = "e2"
    assert faults(source) == {}
    GuidePageFactory(text=f"<p>It binds.{cite('e1')}</p>")
    assert faults(source) == {"key": ["It is cited as “e1”: its key stays."]}


def test_the_key_stays_also_where_a_draft_alone_cites(site_tree):
    source = SourceFactory(key="e1")
    guide = GuidePageFactory()
    guide.body = [("paragraph", f"<p>It binds.{cite('e1')}</p>")]
    guide.save_revision()
    source.key = "e2"
    assert list(faults(source)) == ["key"]


def test_nothing_is_replaced_by_itself():
    first = SourceFactory()
    second = SourceFactory(successor=first)
    first.successor = second
    assert faults(first) == {"successor": ["A source cannot be replaced by itself."]}


def test_a_reader_gets_the_version_in_their_language():
    source = SourceFactory.build(title="Regulation", address="https://law.example/en")
    source.versions = [version(), version("es", "https://law.example/es", "")]
    assert source.titled_in("fr")[:3] == ("Règlement", "https://law.example/fr", "fr")
    assert source.titled_in("es")[:3] == ("Regulation", "https://law.example/es", "en")
    assert source.titled_in("ru")[:3] == ("Regulation", "https://law.example/en", "en")
    assert (
        Source(title="T", archive_address="https://a.example/").titled_in("en").host == "a.example"
    )
