"""The vocabularies: their keys are cited in addresses, so a change must be meant."""

import re

import pytest
from django.utils.functional import Promise
from django.utils.translation import override

from portal.taxonomy import languages, vocabularies
from portal.taxonomy.fields import BY_KEY
from portal.taxonomy.terms import Vocabulary

ALL = [item for item in vars(vocabularies).values() if isinstance(item, Vocabulary)]

KEYS = {
    "commitment": "licensing consultation threat-information best-practice due-diligence capacity",
    "stage": (
        "legislation control-lists licensing end-use catch-all intangible transit post-shipment "
        "enforcement outreach transparency cooperation"
    ),
    "technology": (
        "intrusion-software ip-surveillance mobile-interception lawful-intercept "
        "forensic-extraction deep-packet-inspection cryptanalysis face-recognition "
        "other-biometrics location-tracking plate-readers video-analytics social-media-analytics "
        "drones acoustic-devices"
    ),
    "type": "law guidance best-practice checklist template case-study training report",
    "audience": (
        "legislator licensing-officer technical-assessor customs prosecutor exporter university "
        "civil-society"
    ),
    "level": "0 1 2 3 4",
    "right": "privacy expression assembly life-security fair-trial non-discrimination",
    "region": "africa americas asia europe oceania",
    "submitter": (
        "civil-society academia think-tank company trade-body consultancy law-firm "
        "technical-community government intergovernmental individual undisclosed"
    ),
    "group": "industry academia civil-society government other",
}


def test_keys_stay_as_they_are_cited():
    ours = [vocabulary for vocabulary in ALL if vocabulary.key != "language"]
    assert {vocabulary.key: vocabulary.keys for vocabulary in ours} == {
        name: keys.split() for name, keys in KEYS.items()
    }


@pytest.mark.parametrize("vocabulary", ALL, ids=lambda vocabulary: vocabulary.key)
def test_terms_are_told_apart_and_stand_in_addresses(vocabulary):
    assert len(set(vocabulary.keys)) == len(vocabulary.terms)
    assert len({str(term.label) for term in vocabulary}) == len(vocabulary.terms)
    assert all(re.fullmatch(r"[a-z0-9-]{1,32}", key) for key in vocabulary.keys)


@pytest.mark.parametrize(
    "vocabulary", [v for v in ALL if v.key != "language"], ids=lambda vocabulary: vocabulary.key
)
def test_what_people_read_can_be_translated(vocabulary):
    assert isinstance(vocabulary.label, Promise)
    for term in vocabulary:
        assert isinstance(term.label, Promise)
        assert not term.note or isinstance(term.note, Promise)


def test_languages_of_the_united_nations_stand_first_under_their_own_names():
    first = [str(term.label) for term in vocabularies.LANGUAGE][:6]
    assert first == ["English", "Français", "Español", "Русский", "العربية", "中文"]


@pytest.mark.parametrize(
    "code", ["am", "ckb", "fa", "ha", "ku", "my", "ps", "rhg", "rom", "sw", "ti", "ug", "uk", "ur"]
)
def test_any_language_can_be_told(code):
    assert code in vocabularies.LANGUAGE
    assert vocabularies.LANGUAGE.label_of(code) != code


def test_what_is_no_language_cannot_be_told():
    assert {"", "und", "mul", "zxx", "en-GB", "tlh-x"}.isdisjoint(vocabularies.LANGUAGE.keys)


def test_languages_are_offered_by_use_then_by_name_and_none_is_chosen(settings):
    settings.LANGUAGES = [("en", "English"), ("pt", "Português")]
    nothing, (_often, first), (_others, others) = languages.choices()
    assert nothing[0] == ""
    assert [code for code, _name in first] == ["en", "fr", "es", "ru", "ar", "zh", "pt"]
    names = [name for _code, name in others]
    assert [each for each in names if each in ("Amharic", "Ukrainian", "Urdu", "Zulu")] == [
        *("Amharic", "Ukrainian", "Urdu", "Zulu"),
    ]
    assert names[0].startswith("A")
    assert "French" not in names
    assert len(first) + len(others) == len(vocabularies.LANGUAGE.terms)
    with override("ar"):
        _nothing, (_often, first), (_others, others) = languages.choices()
        assert [code for code, _name in first][:2] == ["ar", "en"]
        assert dict(others)["fa"] == "الفارسية"
        assert vocabularies.LANGUAGE.label_of("fa") == "الفارسية"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Amharic", "am"),
        (" amharique ", "am"),
        ("አማርኛ", "am"),
        ("FA", "fa"),
        ("فارسی", "fa"),
        ("Français", "fr"),
        ("francais", "fr"),
        ("中文", "zh"),
    ],
)
def test_a_language_is_read_by_code_by_name_and_by_its_own_name(written, code):
    assert languages.codes_named(written) == [code]


def test_what_names_no_language_is_none():
    assert languages.codes_named("Elbonian") == []
    assert languages.codes_named("") == []


@pytest.mark.parametrize("vocabulary", [vocabularies.STAGE, vocabularies.TECHNOLOGY])
def test_every_stage_and_technology_is_explained_in_a_sentence(vocabulary):
    for term in vocabulary:
        assert str(term.note).endswith(".")
        assert str(term.note).count(".") == 1


def test_every_submitter_belongs_to_a_group():
    assert set(vocabularies.GROUP_OF_SUBMITTER) == set(vocabularies.SUBMITTER_TYPE.keys)
    assert set(vocabularies.GROUP_OF_SUBMITTER.values()) == set(vocabularies.GROUP.keys)


def test_looking_a_term_up():
    stage = vocabularies.STAGE
    assert "end-use" in stage
    assert "nonsense" not in stage
    assert stage["end-use"].label == "End-use and end-user checks"
    assert stage.label_of("end-use") == "End-use and end-user checks"
    assert stage.label_of("nonsense") == "nonsense"
    with pytest.raises(KeyError):
        stage["nonsense"]
    assert stage.choices[0] == ("legislation", "Legislation")


def test_fields_know_each_vocabulary_by_its_key():
    assert set(BY_KEY) == {*KEYS, "language"}
