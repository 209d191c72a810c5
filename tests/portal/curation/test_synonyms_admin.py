"""Synonyms in the admin: who writes them, and what is said of what cannot be."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from portal.curation.actions import SynonymTaken, save_synonyms
from portal.curation.models import LONGEST_ENTRY, MOST_ENTRIES, SynonymEntry, SynonymGroup
from portal.curation.normalisation import key_of

pytestmark = pytest.mark.django_db

ADD = "/admin/synonyms/new/"


def group_of(*entries):
    return save_synonyms(SynonymGroup(), entries)


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


def error_beside_the_words(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return soup.select_one("#panel-child-words-errors, [id*=words-errors], .error-message").text


def test_a_group_is_added_changed_and_deleted(as_editor):
    assert as_editor.post(ADD, {"words": "FRT\nfacial recognition"}).status_code == 302
    group = SynonymGroup.objects.get()
    assert SynonymGroup.objects.having(["frt"]) == [["FRT", "facial recognition"]]

    edit = reverse("synonyms:edit", args=[group.pk])
    assert "facial recognition" in as_editor.get(edit).content.decode()
    as_editor.post(edit, {"words": "FRT\nреконструкция лица\n"})
    assert SynonymGroup.objects.having(["facial recognition"]) == []
    assert SynonymGroup.objects.having(["frt"]) == [["FRT", "реконструкция лица"]]

    as_editor.post(reverse("synonyms:delete", args=[group.pk]))
    assert SynonymGroup.objects.having(["frt"]) == []
    assert not SynonymEntry.objects.exists()


def test_the_list_finds_a_group_by_any_of_its_words(as_editor):
    group_of("FRT", "facial recognition")
    group_of("spyware", "espiogiciel")
    page = as_editor.get("/admin/synonyms/", {"q": "facial"}).content.decode()
    assert "FRT, facial recognition" in page
    assert "espiogiciel" not in page


def test_the_link_of_the_report_fills_in_the_first_entry(as_editor):
    page = BeautifulSoup(as_editor.get(ADD, {"words": "<face> scan"}).content, "html.parser")
    assert page.select_one("textarea[name=words]").text.strip() == "<face> scan"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  FRT \r\n\r\n facial   recognition\r\n", ["FRT", "facial recognition"]),
        ("FRT, facial recognition; visage", ["FRT", "facial recognition", "visage"]),
        ("التعرف على الوجه، التعرّف على الوجوه", ["التعرف على الوجه", "التعرّف على الوجوه"]),
        ("FRT\nfrt\nface", ["FRT", "face"]),
        ("Éxport\nexport\nsortie", ["Éxport", "sortie"]),
    ],
)
def test_entries_are_tidied(as_editor, typed, kept):
    as_editor.post(ADD, {"words": typed})
    assert SynonymGroup.objects.get().words.splitlines() == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "required"),
        ("one", "at least two"),
        ("FRT\nfrt\n«F\u0301RT»", "at least two"),
        ("FRT\n***", "“***” is not a word"),
        ("FRT\na", "“a” is not a word"),
        ("FRT\n" + "x" * (LONGEST_ENTRY + 1), "too long"),
        ("FRT\none two three four five six seven", "more than 6 words"),
        ("\n".join(f"word{n}" for n in range(MOST_ENTRIES + 1)), "at most 12"),
        ("x" * 5_000, "at most"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_what_was_typed_stays(as_editor, typed, said):
    response = as_editor.post(ADD, {"words": typed})
    assert response.status_code == 200
    assert said in error_beside_the_words(response)
    kept = BeautifulSoup(response.content, "html.parser").select_one("textarea[name=words]").text
    assert kept.split() == typed.split()
    assert not SynonymGroup.objects.exists()


def test_a_word_stands_in_one_group_whose_words_are_named(as_editor):
    group_of("FRT", "facial recognition")
    response = as_editor.post(ADD, {"words": "Fácial-Recognition\nbiometrics"})
    assert "FRT, facial recognition" in error_beside_the_words(response)
    assert "“Fácial-Recognition” is in another group" in error_beside_the_words(response)


def test_two_editors_with_the_same_word_at_once(as_editor, monkeypatch):
    """The second passed the form before the first was saved."""
    group_of("FRT", "facial recognition")
    with pytest.raises(SynonymTaken):
        group_of("biometrics", "frt")
    assert SynonymGroup.objects.count() == 1

    def too_late(group, entries):
        raise SynonymTaken

    monkeypatch.setattr("portal.curation.forms.save_synonyms", too_late)
    response = as_editor.post(ADD, {"words": "one\ntwo"})
    assert response.status_code == 200
    assert "just got one of these words" in error_beside_the_words(response)


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(text):
    assert key_of(key_of(text)) == key_of(text)
    assert key_of(f"  «{text}» ") == key_of(text)
