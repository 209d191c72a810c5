"""The vocabularies: their keys are cited in addresses, so a change must be meant."""

import re

import pytest
from django.utils.functional import Promise

from portal.taxonomy import vocabularies
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
    "language": "en fr es ru ar",
    "submitter": (
        "civil-society academia company trade-body technical-community government "
        "intergovernmental individual undisclosed"
    ),
    "group": "industry academia civil-society government other",
}


def test_keys_stay_as_they_are_cited():
    assert {vocabulary.key: vocabulary.keys for vocabulary in ALL} == {
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


def test_languages_stand_under_their_own_names():
    assert [term.label for term in vocabularies.LANGUAGE][-1] == "العربية"


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
    assert set(BY_KEY) == set(KEYS)
