"""Citations of before: each became a source, and stays readable."""

import json
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps

from knowledge.sources.models import Source

pytestmark = pytest.mark.django_db

migration = import_module("knowledge.guides.migrations.0003_citations_become_sources")
URL = "https://law.example/one"


def citation(title, url=URL, accessed="2026-03-02"):
    return {"title": title, "url": url, "accessed": accessed}


def listed(*citations):
    return [{"type": "citation", "id": str(n), "value": each} for n, each in enumerate(citations)]


def moved(body=(), citations=(), language="en"):
    library = migration.Library(apps.get_model("sources.Source"))
    return migration.further(library, list(body), list(citations), language)


def test_one_address_is_one_source_in_the_languages_of_its_titles():
    _body, first = moved(citations=listed(citation("Regulation (EU) 2021/821")))
    _body, again = moved(
        citations=listed(citation("Règlement (UE) 2021/821", f"{URL}/")), language="fr"
    )
    source = Source.objects.get()
    assert [each["value"] for each in (*first, *again)] == [source.pk, source.pk]
    assert source.key == "regulation-eu-2021821"
    assert source.titled_in("en").title == "Regulation (EU) 2021/821"
    assert source.titled_in("fr").title == "Règlement (UE) 2021/821"
    assert str(source.read_on) == "2026-03-02"


def test_two_of_one_title_have_two_keys():
    moved(citations=listed(citation("Report"), citation("Report", "https://law.example/two")))
    assert sorted(Source.objects.values_list("key", flat=True)) == ["report", "report-2"]


def test_a_list_within_the_text_goes_where_all_sources_are():
    entry = {"type": "item", "id": "x", "value": citation("In the text")}
    body = [
        {"type": "paragraph", "id": "p", "value": "<p>Text</p>"},
        {"type": "citations", "id": "c", "value": {"title": "Sources", "citations": [entry]}},
    ]
    rest, sources = moved(body, listed(citation("In the list", "https://law.example/two")))
    assert [each["type"] for each in rest] == ["paragraph"]
    titles = [Source.objects.get(pk=each["value"]).title for each in sources]
    assert titles == ["In the text", "In the list"]


def test_what_a_stream_keeps_is_read_from_a_page_and_from_a_revision():
    blocks = listed(citation("One"))
    assert migration.stream(json.dumps(blocks)) == blocks
    assert migration.stream(SimpleNamespace(raw_data=blocks)) == blocks
    assert migration.stream(None) == []
