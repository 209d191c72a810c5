"""Model fields of terms: what they accept, in which order they keep it, how migrations see them."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from portal.taxonomy.fields import TermField, TermsField
from portal.taxonomy.vocabularies import DOCUMENT_TYPE, STAGE


def test_terms_of_the_vocabulary_are_accepted():
    assert TermsField(STAGE).clean(["end-use", "licensing"], None) == ["end-use", "licensing"]


@pytest.mark.parametrize("value", [["end-use", "nonsense"], ["nonsense"], [["end-use"]], [1]])
def test_an_unknown_key_is_refused_by_name(value):
    with pytest.raises(ValidationError) as refused:
        TermsField(STAGE).clean(value, None)
    assert "is not a term of this vocabulary" in str(refused.value)


@pytest.mark.parametrize("value", ["licensing", {"licensing": 1}, 7])
def test_what_is_no_list_is_refused(value):
    with pytest.raises(ValidationError):
        TermsField(STAGE).clean(value, None)


def test_none_at_all_is_a_choice_unless_one_is_needed():
    assert TermsField(STAGE).clean([], None) == []
    with pytest.raises(ValidationError):
        TermsField(STAGE, blank=False).clean([], None)


def test_the_form_offers_checkboxes_in_the_vocabularys_order_and_keeps_it():
    field = TermsField(STAGE, blank=False).formfield()
    assert isinstance(field.widget, forms.CheckboxSelectMultiple)
    assert field.required
    assert [key for key, _label in field.choices] == STAGE.keys
    assert field.clean(["licensing", "end-use"]) == ["licensing", "end-use"]
    with pytest.raises(ValidationError):
        field.clean(["nonsense"])


def test_one_term():
    field = TermField(DOCUMENT_TYPE)
    assert field.clean("guidance", None) == "guidance"
    with pytest.raises(ValidationError):
        field.clean("nonsense", None)


@pytest.mark.parametrize("make", [TermsField, TermField])
def test_a_migration_names_the_vocabulary_not_its_words(make):
    _name, path, arguments, options = make(STAGE).deconstruct()
    assert path == f"portal.taxonomy.fields.{make.__name__}"
    assert arguments == ["stage"]
    assert not {"choices", "verbose_name"} & set(options)
    assert make(*arguments, **options).vocabulary is STAGE
