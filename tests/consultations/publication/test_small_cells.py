"""Small cells: what is told of the group and the language of responses without a name."""

import csv
import io
import itertools
import json
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.publication.actions import prepare_copy, publish, redact, retire
from consultations.publication.models import PublicCopy
from consultations.publication.recording import as_recorded_of
from consultations.publication.small_cells import FEWEST, told_of, values_told
from portal.record.hashing import content_digest
from portal.search.models import Card
from tests.consultations.publication.building import AT, accepted, public, published
from tests.consultations.publication.test_pages import INDEX, get, place, references

GROUPS = ("academia", "industry", "government", "civil-society")
LANGUAGES = ("en", "fr", "ar", "ru")


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({}, set()),
        ({"academia": 4}, set()),
        ({"academia": 5}, {"academia"}),
        ({"academia": 9, "industry": 4}, set()),
        ({"academia": 9, "industry": 1, "other": 6}, {"academia"}),
        ({"academia": 9, "industry": 3, "other": 2}, {"academia"}),
        ({"academia": 9, "civil-society": 7}, {"academia", "civil-society"}),
    ],
)
def test_groups_too_small_are_not_told_nor_left_over(counts, told):
    assert values_told(counts) == told
    hidden = [count for group, count in counts.items() if group not in told]
    assert not told or not hidden or sum(hidden) >= 5


def test_small_groups_of_nameless_responses_show_nowhere(page, moderator, client):
    for _ in range(5):
        published(page, moderator, identity="anonymous")
    for _ in range(4):
        published(page, moderator, identity="anonymous", group="government")
    published(page, moderator, identity="anonymous", group="industry")
    html = get(client, INDEX)
    assert "Government" not in html
    assert "Industry" not in html
    assert "Group not shown" in html
    assert references(get(client, f"{INDEX}?group=government")) == []
    assert set(Card.objects.filter(kind="response").values_list("group", flat=True)) == {
        "academia",
        "",
    }
    # One more, and the cell is large enough; the one left over takes another group along.
    published(page, moderator, identity="anonymous", group="government")
    shown = PublicCopy.objects.published().exclude(shown_group="")
    assert set(shown.values_list("shown_group", flat=True)) < {"academia", "government"}


def test_a_withdrawal_that_makes_a_group_small_hides_it_again(page, moderator):
    copies = [published(page, moderator, identity="anonymous") for _ in range(5)]
    assert PublicCopy.objects.filter(shown_group="academia").count() == 5
    retire(copy=copies[0], kind="withdrawn", at=AT)
    assert not PublicCopy.objects.filter(shown_group="academia").exists()
    assert not Card.objects.filter(kind="response", group="academia").exists()


cells = st.dictionaries(
    st.tuples(st.sampled_from(GROUPS), st.sampled_from(LANGUAGES)), st.integers(1, 12)
)


@given(cells)
def test_no_pair_that_is_told_is_shared_by_few(counts):
    """Whatever is asked, by group, by language or by both: never one to four of them."""
    told = told_of(counts)
    shown = Counter()
    for cell, count in counts.items():
        assert told[cell][0] in (cell[0], "")
        assert told[cell][1] in (cell[1], "")
        shown[told[cell]] += count
    groups = Counter()
    for (group, _language), count in shown.items():
        groups[group] += count
    for kind in (shown, groups):
        if set(kind) - {("", ""), ""}:
            assert all(count >= FEWEST for count in kind.values()), (counts, told)


@given(cells)
def test_groups_are_told_as_if_there_were_no_languages(counts):
    groups = Counter()
    for (group, _language), count in counts.items():
        groups[group] += count
    assert {group for group, _language in told_of(counts).values() if group} == values_told(groups)


def several(page, by, counts):
    """Nameless responses published together, so many of each group and language."""
    copies = [
        prepare_copy(accepted(page, identity="anonymous", group=group, language=language))
        for (group, language), count in counts.items()
        for _ in range(count)
    ]
    return publish(copies=copies, by=by, at=AT)


def test_a_language_of_few_is_told_nowhere(page, moderator, client):
    copies = several(page, moderator, {("academia", "en"): 6, ("academia", "fr"): 1})
    alone = next(each for each in copies if each.language == "fr")
    html = get(client, place(alone))
    assert "Français" not in html.partition("<main")[2]
    assert 'lang="fr"' not in html.partition("<article")[2]
    assert 'class="response__text" lang=""' in html
    index = get(client, INDEX)
    assert "Français" not in index.partition("<main")[2]
    assert "English" not in index.partition("<main")[2], "the one left over would be told by it"
    assert references(get(client, f"{INDEX}?language=fr")) == []
    assert references(get(client, f"{INDEX}?language=en")) == []
    rows = json.loads(get(client, f"{INDEX}export.json"))["responses"]
    assert {row["language"] for row in rows} == {""}
    written = io.StringIO(get(client, f"{INDEX}export.csv").lstrip("\ufeff"))
    assert {row["Language"] for row in csv.DictReader(written)} == {""}
    assert set(Card.objects.filter(kind="response").values_list("language", flat=True)) == {""}
    assert "Français" not in get(client, "/en/search/?q=courts").partition("<main")[2]
    assert alone.response.reference not in get(client, "/en/search/?q=courts&language=fr")
    assert 'xml:lang="fr"' not in get(client, "/feeds/search/?q=courts")


def test_told_it_is_told_everywhere(page, moderator, client):
    copies = several(page, moderator, {("academia", "en"): 5, ("academia", "fr"): 5})
    one = next(each for each in copies if each.language == "fr")
    assert "Français" in get(client, place(one))
    assert 'lang="fr"' in get(client, place(one))
    assert len(references(get(client, f"{INDEX}?language=fr"))) == 5
    assert Card.objects.filter(kind="response", language="fr").count() == 5


def test_no_two_filters_together_single_anybody_out(page, moderator, client):
    """Five of the group, six of the language, and one of both: the pair is what narrows."""
    several(
        page,
        moderator,
        {("academia", "en"): 5, ("academia", "fr"): 1, ("industry", "fr"): 5},
    )
    for group, language in itertools.product(("", *GROUPS), ("", *LANGUAGES)):
        asked = f"?group={group}&language={language}".replace("group=&", "")
        found = references(get(client, INDEX + re.sub(r"&?language=$", "", asked)))
        assert len(found) == 0 or len(found) >= FEWEST, (group, language)


def test_a_named_responses_language_is_its_own(page, moderator, client):
    copy = published(page, moderator, language="fr")
    assert "Français" in get(client, place(copy))
    assert references(get(client, f"{INDEX}?language=fr")) == [copy.response.reference]


def test_one_more_tells_a_language_and_one_less_hides_it(page, moderator):
    four = several(page, moderator, {("academia", "fr"): 4})
    shown = PublicCopy.objects.filter(shown_language="fr")
    assert not shown.exists()
    published(page, moderator, identity="anonymous", language="fr")
    assert shown.count() == 5
    assert Card.objects.filter(kind="response", language="fr").count() == 5
    retire(copy=four[0], kind="withdrawn", at=AT)
    assert not shown.exists()
    assert not Card.objects.filter(kind="response", language="fr").exists()


def test_the_record_covers_no_language_of_the_nameless(page, moderator, client):
    """What may be told of it changes with others, and an entry does not."""
    named = published(page, moderator, language="fr")
    nameless = published(page, moderator, identity="anonymous", language="fr")
    for copy, language in ((named, "fr"), (nameless, "")):
        told = json.loads(get(client, f"{place(copy)}record.json"))
        assert told["content"]["language"] == language
        salt = bytes.fromhex(told["salt"])
        assert content_digest(salt, told["content"]) == told["statement"]["content_digest"]


def test_what_was_entered_with_its_language_still_agrees_with_its_entry(page, moderator):
    copy = published(page, moderator, identity="anonymous", language="fr")
    copy.entry_has_language = True
    assert as_recorded_of(copy)["content"]["language"] == "fr"
    copy.save()
    cut = redact(
        copy=copy,
        question_id="indicators",
        segments=[{"redacted": "security"}],
        by=moderator,
        at=AT,
    )
    assert as_recorded_of(cut)["content"]["language"] == "", "entered anew, it is covered no more"


def test_published_again_a_named_response_is_told_as_before(page, moderator):
    copy = published(page, moderator, language="fr", answers={"indicators": public("The courts.")})
    retire(copy=copy, kind="removed", at=AT)
    copy = publish(copies=[PublicCopy.objects.get(pk=copy.pk)], by=moderator, at=AT)[0]
    assert (copy.shown_group, copy.shown_language) == ("academia", "fr")
