"""The files of the glossary: whole as they are, and a fault in them is told with its line."""

import pytest
from django.core.checks import run_checks

from knowledge.glossary import checks
from knowledge.glossary.faults import faults_of
from knowledge.glossary.terms import (
    FIELDS,
    LANGUAGES,
    SOURCES,
    TERMS,
    cited_in,
    glossary,
    parted,
    rows_of,
)

TERM = {
    **{"key": "end-user", "field": "control", "note": ""},
    **{"en": "end user", "fr": "utilisateur final", "es": "usuario final"},
    **{"ru": "конечный пользователь", "ar": "المستخدم النهائي"},
    **{f"source_{language}": "" for language in LANGUAGES},
    "source_fr": "fr-law",
}
TERM = {column: TERM[column] for column in rows_of(TERMS)[0]}
SOURCE = {
    **{"key": "fr-law", "language": "fr", "title": "Une loi"},
    **{"address": "https://law.example/fr", "official": "yes"},
}


def test_the_files_have_no_fault():
    assert faults_of(rows_of(TERMS), rows_of(SOURCES)) == []


def test_every_field_has_terms_and_every_term_all_languages():
    assert {term.field for term in glossary()} == set(FIELDS)
    assert all(set(term.wordings) == set(LANGUAGES) for term in glossary())
    assert len(glossary()) > 150


def test_sources_are_numbered_once_for_all_terms():
    numbers = [source.number for source in cited_in(glossary())]
    assert numbers == list(range(1, len(rows_of(SOURCES)) + 1))


def test_rows_that_are_right_have_no_fault():
    assert faults_of([TERM], [SOURCE]) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"key": "End user"}, "a key has small letters"),
        ({"field": "law"}, "there is no field “law”"),
        ({"fr": ""}, "fr is missing"),
        ({"fr": "utilisateur  final"}, "fr has a stray space"),
        ({"es": "usuario final "}, "es has a stray space"),
        ({"es": "usuario\u200b final"}, "es has signs that nobody sees"),
        ({"fr": "de\u0301ni"}, "fr has signs that nobody sees"),
        ({"en": "=end user"}, "en begins like a formula"),
        ({"en": "(end) user"}, "en has brackets elsewhere than at its end"),
        ({"ar": "end user"}, "ar has letters of another alphabet"),
        ({"ar": "المستخدم IP"}, "ar has letters of another alphabet"),
        ({"ar": "المستخدم النهائی"}, "ar has a kashida, or letters of Persian"),
        ({"ar": "المستـــخدم"}, "ar has a kashida, or letters of Persian"),
        ({"ru": "end user"}, "ru has letters of another alphabet"),
        ({"source_fr": "fr-none"}, "sources.csv has no source “fr-none”"),
        ({"source_es": "fr-law"}, "has no source “fr-law” in the language es"),
    ],
)
def test_a_fault_of_a_term_is_told_with_its_line(change, told):
    faults = faults_of([TERM, {**TERM, "key": "other", **change}], [SOURCE])
    assert [fault for fault in faults if told in fault and fault.startswith("terms.csv, line 3")]


@pytest.mark.parametrize("term", ["IP-сети связи", "конечный пользователь (по контракту)"])
def test_a_latin_name_within_a_russian_term_and_a_remark_are_no_fault(term):
    assert faults_of([{**TERM, "ru": term}], [SOURCE]) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"key": "fr law"}, "a key has small letters"),
        ({"language": "de"}, "there is no language “de”"),
        ({"title": ""}, "the title is missing"),
        ({"address": "law.example"}, "the address must be whole"),
        ({"address": "javascript:alert(1)"}, "the address must be whole"),
        ({"address": "https://[law"}, "the address must be whole"),
        ({"address": "http://law.example"}, "an official address, so it begins with https://"),
        ({"official": "no"}, "official is “yes” or empty"),
    ],
)
def test_a_fault_of_a_source_is_told_with_its_line(change, told):
    faults = faults_of([TERM], [{**SOURCE, **change}])
    assert [fault for fault in faults if told in fault and fault.startswith("sources.csv, line 2")]


def test_a_key_that_stands_twice_and_a_source_of_no_term_are_told():
    told = faults_of([TERM, TERM], [SOURCE, {**SOURCE, "key": "fr-other"}])
    assert "terms.csv, line 3 (end-user): the key stands twice." in told
    assert "sources.csv, line 3 (fr-other): no term has this source." in told


@pytest.mark.parametrize("rows", [[], [{"key;field": "end-user;control"}], [{**TERM, None: ["x"]}]])
def test_another_table_is_told_and_nothing_breaks(rows):
    faults = faults_of(rows, [SOURCE])
    assert len(faults) == 1
    assert faults[0].startswith("terms.csv")


def test_a_fault_stops_the_start(monkeypatch):
    assert not [each for each in run_checks() if each.id == "glossary.E001"]
    monkeypatch.setattr(checks, "rows_of", lambda name: [] if name == TERMS else [SOURCE])
    assert [each.msg for each in run_checks() if each.id == "glossary.E001"]


def test_a_table_that_a_spreadsheet_saved_with_its_mark_is_read(tmp_path, monkeypatch):
    (tmp_path / TERMS).write_text("key,field\r\nend-user,control\r\n", encoding="utf-8-sig")
    monkeypatch.setattr("knowledge.glossary.terms.DATA", tmp_path)
    assert rows_of(TERMS) == [{"key": "end-user", "field": "control"}]


@pytest.mark.parametrize(
    ("wording", "parts"),
    [
        ("licence", ("licence", "")),
        ("classement (d’un bien)", ("classement", "d’un bien")),
        ("ترخيص تصدير (الجمع: تراخيص)", ("ترخيص تصدير", "الجمع: تراخيص")),
    ],
)
def test_what_is_said_about_a_term_is_no_part_of_it(wording, parts):
    assert parted(wording) == parts
