"""Published only in translation: what is shown in the place of a writer's words, and what never."""

import csv
import io
import json
import re
from collections import Counter
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import transaction

from consultations.publication.actions import prepare_copy, publish, redact, retire, translate
from consultations.publication.errors import (
    NotACut,
    NotATranslation,
    NotPermitted,
    NotPublishable,
    NotTranslated,
    OwnLanguage,
    ShownInTranslation,
    TranslatedMeanwhile,
    UnfinishedInPublic,
)
from consultations.publication.models import PublicCopy
from consultations.publication.recording import as_recorded_of
from consultations.publication.redaction import segments_of
from consultations.publication.translations import State, fingerprint_of, pieces_of
from consultations.responses.models import Response, ResponseVersion, StatusEvent
from portal.record.hashing import content_digest
from portal.record.models import Entry
from portal.search.models import Card
from tests.canaries import found_in
from tests.consultations.publication.building import AT, accepted, officials, public, published
from tests.consultations.publication.test_actions import findings
from tests.consultations.publication.test_pages import INDEX, get, place, references, stored_pdf
from tests.factories import UserFactory

CANARY = "Xylophagelangue"
WORDS = {
    "exporter": public(True),
    "who": public(f"Nous enseignons, {CANARY} un."),
    "indicators": public(f"Les tribunaux, {CANARY} deux."),
    "review": public({"choice": "other", "other": f"jamais, {CANARY} trois"}),
    "clarity": officials(4, f"Assez clair, {CANARY} quatre."),
    "since": public("2020-02-29"),
}
SAID = {
    "who": "We teach.",
    "indicators": "The courts.",
    "review": "never at all",
    "clarity": "Fairly clear.",
}


def only(page, answers=WORDS, **values):
    """A copy of a nameless response whose writer has only a translation published."""
    values = {"identity": "anonymous", "language": "fr", **values}
    response = accepted(page, answers, **values)
    Response.objects.filter(pk=response.pk).update(translation_only=True)
    return prepare_copy(Response.objects.get(pk=response.pk))


def say(copy, question, words, by, **values):
    """Translate one answer; `words` with marks."""
    values = {"into": "en", "at": AT, **values}
    return translate(
        copy=copy, question_id=question, segments=segments_of(words, ""), by=by, **values
    )


def translated(page, by, answers=WORDS, said=SAID, **values):
    """A copy of which every text is translated."""
    copy = only(page, answers, **values)
    for question, words in said.items():
        if question in answers:
            copy = say(copy, question, words, by)
    return copy


def out(page, by, **values):
    """The same, published."""
    return publish(copies=[translated(page, by, **values)], by=by, at=AT)[0]


def states(copy):
    found = pieces_of(copy, copy.consultation.questionnaire())
    return {each.question.id: each.state for each in found}


def again(response, answers, **values):
    """The writer sends another version, and it is accepted as the first was."""
    before = response.versions.latest("number")
    ResponseVersion.objects.create(
        response=response,
        number=before.number + 1,
        identity=before.identity,
        submitter_type=before.submitter_type,
        group=before.group,
        submitted_on=date(2026, 11, 4),
        content_digest="",
        record_leaf=f"{response.pk}-{before.number + 1}",
        answers=answers,
        **{"language": before.language, **values},
    )
    return prepare_copy(Response.objects.get(pk=response.pk))


# -- what is published -----------------------------------------------------------------------------


def test_the_answers_stay_the_original_until_they_are_published(page, moderator):
    copy = translated(page, moderator)
    assert copy.answers["indicators"] == {"value": f"Les tribunaux, {CANARY} deux."}
    (copy,) = publish(copies=[copy], by=moderator, at=AT)
    assert PublicCopy.objects.get().answers == {
        "exporter": {"value": True},
        "who": {"value": "We teach."},
        "indicators": {"value": "The courts."},
        "review": {"value": {"choice": "other", "other": "never at all"}},
        "clarity": {"value": "Fairly clear.", "confidential": True},
        "since": {"value": "2020-02-29"},
    }
    assert CANARY in str(copy.version.answers), "what was sent stays as it is"


def test_nothing_is_published_before_every_text_is_translated(page, moderator):
    copy = only(page)
    numbers = {each.id: each.number for each in page.questionnaire().questions}
    other = prepare_copy(accepted(page))
    copy = say(copy, "who", "We teach.", moderator)
    copy = say(copy, "clarity", "Fairly", moderator, is_finished=False)
    with pytest.raises(NotPublishable) as refusal:
        publish(copies=[other, copy], by=moderator, at=AT)
    told = str(refusal.value)
    assert copy.response.reference in told
    left = {f"answer {numbers[each]}" for each in ("indicators", "review", "clarity")}
    assert set(re.findall(r"answer \w+", told.partition("translated: ")[2])) == left
    assert not PublicCopy.objects.published().exists(), "all or none"


def test_no_word_of_the_writers_is_in_any_published_byte(page, moderator, client, monkeypatch):
    monkeypatch.setattr("portal.files.storage.read", lambda stored: CANARY.encode())
    file = stored_pdf()
    answers = {**WORDS, "evidence": public([str(file.pk)])}
    copy = out(page, moderator, answers=answers)
    numbers = [each.number for each in page.questionnaire().questions]
    paths = [
        INDEX,
        f"{INDEX}?order=name",
        f"{INDEX}rules/",
        f"{INDEX}export.csv",
        f"{INDEX}export.json",
        *(f"{INDEX}?question={each}" for each in numbers),
        *(f"{INDEX}?answered={each}" for each in numbers),
        place(copy),
        f"{place(copy)}record.json",
        "/en/search/?q=courts",
        "/feeds/search/?q=courts",
        page.get_url(),
        "/en/screening-policy/",
        "/record/leaves.jsonl",
    ]
    for path in paths:
        assert found_in(get(client, path), [CANARY]) == [], path
    # The box shows what was searched for.
    assert copy.response.reference not in get(client, f"/en/search/?q={CANARY}")
    cards = list(Card.objects.values())
    assert found_in(str(cards), [CANARY]) == []
    assert "The courts." in str(cards)
    assert found_in("\n".join(str(each.message()) for each in mail.outbox), [CANARY]) == []
    assert found_in(str(list(StatusEvent.objects.values())), [CANARY]) == []
    opened = Entry.objects.filter(public=True).values_list("text", flat=True)
    assert found_in(str(list(opened)), [CANARY]) == []


def test_files_are_not_published_nor_counted_as_answers(page, moderator, client):
    file = stored_pdf()
    copy = out(page, moderator, answers={**WORDS, "evidence": public([str(file.pk)])})
    assert "evidence" not in copy.answers
    assert "Attachment" not in get(client, place(copy))
    get(client, f"{place(copy)}attachments/1", 404)
    number = page.questionnaire().find("evidence").number
    assert references(get(client, f"{INDEX}?answered={number}")) == []
    with pytest.raises(ShownInTranslation):
        redact(copy=copy, question_id="evidence", segments=[], by=moderator, at=AT)


def test_readers_are_told_everywhere_that_it_is_an_unofficial_translation(page, moderator, client):
    copy = out(page, moderator)
    html = get(client, place(copy))
    assert "Unofficial translation into English" in html
    assert "unofficial translation into English" in html.partition('id="cite"')[2]
    assert "It does not prove that the translation says what was written" in html
    assert 'lang="en" dir="auto">The courts.' in html
    number = page.questionnaire().find("indicators").number
    for listed in (INDEX, f"{INDEX}?question={number}"):
        assert "<strong>Unofficial translation</strong>" in get(client, listed)
    called = f"{copy.title} (unofficial translation)"
    assert called in get(client, "/en/search/?q=courts")
    assert called in get(client, "/feeds/search/?q=courts")
    (row,) = json.loads(get(client, f"{INDEX}export.json"))["responses"]
    assert (row["language"], row["unofficial_translation_into"]) == ("", "en")
    written = io.StringIO(get(client, f"{INDEX}export.csv").lstrip("\ufeff"))
    (line,) = csv.DictReader(written)
    assert (line["Language"], line["Unofficial translation into"]) == ("", "en")
    # On paper too: nothing of it is kept from the printer.
    notice = html.partition("Unofficial translation into English")[0].rpartition("<div")[2]
    assert "no-print" not in notice


def test_passages_are_left_out_of_a_translation_as_of_any_text(page, moderator, client):
    copy = translated(page, moderator)
    copy = say(copy, "indicators", "Ask [[personal-data]] at the court.", moderator)
    (copy,) = publish(copies=[copy], by=moderator, at=AT)
    assert copy.is_redacted
    text = " ".join(re.sub(r"<[^>]+>", "", get(client, place(copy))).split())
    assert "Ask [left out: personal data] at the court." in text
    kinds = list(copy.response.events.values_list("kind", flat=True))
    assert kinds == ["redacted", "published"]
    entry = Entry.objects.get(kind="response.redacted")
    assert entry.statement["reasons"] == ["personal-data"]
    assert not entry.public


def test_an_answer_without_words_can_still_be_left_out(page, moderator):
    copy = translated(page, moderator)
    whole = [{"redacted": "security"}]
    copy = redact(copy=copy, question_id="exporter", segments=whole, by=moderator, at=AT)
    (copy,) = publish(copies=[copy], by=moderator, at=AT)
    assert copy.answers["exporter"] == {"segments": whole}
    assert list(findings()) == []


def test_without_words_nothing_is_translated_and_the_language_is_in_no_count(
    page, moderator, client
):
    copy = only(page, {"exporter": public(True)})
    for _ in range(5):
        published(page, moderator, identity="anonymous", language="fr")
    (copy,) = publish(copies=[copy], by=moderator, at=AT)
    assert copy.translated_into == ""
    assert "Unofficial translation" not in get(client, place(copy))
    assert PublicCopy.objects.get(pk=copy.pk).shown_language == ""
    assert PublicCopy.objects.filter(shown_language="fr").count() == 5


# -- the language it was written in ----------------------------------------------------------------


def test_the_language_it_was_written_in_is_in_no_facet_and_no_count(page, moderator, client):
    for _ in range(5):
        published(page, moderator, identity="anonymous", language="fr")
    copy = out(page, moderator)
    assert len(references(get(client, f"{INDEX}?language=fr"))) == 5
    assert references(get(client, f"{INDEX}?language=en")) == []
    assert copy.response.reference not in get(client, "/en/search/?q=courts&language=fr")
    card = Card.objects.get(key=copy.response.reference)
    assert card.language == "en"
    html = get(client, place(copy)).partition("<main")[2]
    assert "Français" not in html
    assert 'lang="fr"' not in html.partition("<article")[2].partition("</article>")[0]
    assert copy.content()["language"] == ""


def test_four_in_a_language_are_not_told_by_one_more_in_translation(page, moderator):
    for _ in range(4):
        published(page, moderator, identity="anonymous", language="fr")
    out(page, moderator)
    assert not PublicCopy.objects.exclude(shown_language="").exists()
    assert not PublicCopy.objects.exclude(shown_group="").exists()


@pytest.mark.parametrize("others", [["fr"] * 5, ["fr"] * 4, ["fr"] * 5 + ["ar"] * 4])
def test_nothing_told_depends_on_the_language_it_was_written_in(page, moderator, others):
    told = []
    for language in ("fr", "ar", "es"):
        with transaction.atomic():
            out(page, moderator, language=language)
            for each in others:
                published(page, moderator, identity="anonymous", language=each)
            shown = PublicCopy.objects.values_list(
                "shown_group", "shown_language", "translated_into"
            )
            told.append(Counter(shown))
            transaction.set_rollback(True)
    assert told[0] == told[1] == told[2]


def test_translations_are_told_by_group_where_five_of_them_share_it(page, moderator):
    for _ in range(4):
        out(page, moderator)
    for _ in range(5):
        published(page, moderator, identity="anonymous", language="fr")
    shown = PublicCopy.objects.exclude(translated_into="")
    assert set(shown.values_list("shown_group", "shown_language")) == {("", "")}
    out(page, moderator)
    assert set(shown.values_list("shown_group", "shown_language")) == {("academia", "")}


# -- translating -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"into": "fr"}, OwnLanguage),
        ({"into": "xx"}, OwnLanguage),
        ({"into": ""}, OwnLanguage),
        ({"segments": []}, NotATranslation),
        ({"segments": [{"text": " \n"}]}, NotATranslation),
        ({"segments": [{"text": "Les  tribunaux décident de tout ici."}]}, NotATranslation),
        ({"segments": [{"redacted": "no-such-reason"}]}, NotACut),
        ({"segments": [{"text": "a", "redacted": "abuse"}]}, NotACut),
        ({"question_id": "exporter"}, NotTranslated),
        ({"question_id": "evidence"}, NotTranslated),
        ({"question_id": "nowhere"}, NotTranslated),
        ({"seen": "stale"}, TranslatedMeanwhile),
    ],
)
def test_what_is_no_translation_is_refused_and_nothing_changes(page, moderator, change, refusal):
    answers = {
        "exporter": public(True),
        "indicators": public("Les tribunaux décident de tout ici."),
    }
    copy = only(page, answers)
    values = {
        "copy": copy,
        "question_id": "indicators",
        "segments": [{"text": "The courts decide everything here."}],
        "into": "en",
        "by": moderator,
        "at": AT,
    }
    with pytest.raises(refusal):
        translate(**{**values, **change})
    assert PublicCopy.objects.get().translations == {}
    assert translate(**values).translations


def test_whoever_may_not_publish_does_not_translate(page):
    with pytest.raises(NotPermitted):
        say(only(page), "who", "We teach.", UserFactory())


def test_the_words_of_whoever_did_not_choose_it_are_not_translated(page, moderator):
    copy = prepare_copy(accepted(page, WORDS, identity="anonymous", language="fr"))
    with pytest.raises(NotTranslated):
        say(copy, "who", "We teach.", moderator)


@pytest.mark.parametrize("typed", ["Ask [[jo]] there.", "[[personal]]"])
def test_a_mark_without_a_reason_is_refused(typed):
    with pytest.raises(NotACut, match="no reason for a redaction"):
        segments_of(typed, "")
    assert segments_of(typed, f"He wrote: {typed}") == [{"text": typed}]


def test_nobodys_translation_is_replaced_unseen(page, moderator):
    copy = only(page)
    seen = fingerprint_of(copy, "who")
    copy = say(copy, "who", "We teach.", moderator, seen=seen)
    with pytest.raises(TranslatedMeanwhile):
        say(copy, "who", "We train.", moderator, seen=seen)
    copy = say(copy, "who", "We train.", moderator, seen=fingerprint_of(copy, "who"))
    assert copy.translations["who"]["segments"] == [{"text": "We train."}]


def test_corrected_after_publication_it_is_published_anew(page, moderator, client):
    copy = out(page, moderator)
    before = copy.record_leaf
    with pytest.raises(UnfinishedInPublic):
        say(copy, "indicators", "The judges", moderator, is_finished=False)
    copy = say(copy, "indicators", "The judges.", moderator, into="es")
    html = get(client, place(copy))
    assert "The judges." in html
    assert "The courts." not in html
    assert 'lang="es"' in html
    entry = Entry.objects.get(leaf=copy.record_leaf)
    assert entry.statement["follows"] == before
    assert Card.objects.get(key=copy.response.reference).language == "es"
    assert list(findings()) == []


def test_no_word_of_the_writers_comes_back_by_redacting(page, moderator):
    copy = out(page, moderator)
    for question in ("who", "review", "clarity"):
        with pytest.raises(ShownInTranslation):
            redact(
                copy=copy,
                question_id=question,
                segments=[{"text": str(WORDS[question]["value"])}],
                by=moderator,
                at=AT,
            )
    assert CANARY not in str(PublicCopy.objects.get().answers)


# -- another version, another choice ---------------------------------------------------------------


def test_a_new_version_leaves_what_is_the_same_translated_and_names_what_is_not(page, moderator):
    copy = translated(page, moderator)
    changed = {**WORDS, "indicators": public("Les juges."), "since": public("2021-01-01")}
    del changed["who"]
    copy = again(copy.response, changed)
    assert states(copy) == {
        "indicators": State.CHANGED,
        "review": State.DONE,
        "clarity": State.DONE,
    }
    number = page.questionnaire().find("indicators").number
    with pytest.raises(NotPublishable, match=rf"Still to be translated: answer {number}\.$"):
        publish(copies=[copy], by=moderator, at=AT)
    copy = say(copy, "indicators", "The judges.", moderator)
    (copy,) = publish(copies=[copy], by=moderator, at=AT)
    assert copy.answers["indicators"] == {"value": "The judges."}
    assert "who" not in copy.answers


def test_words_that_come_back_are_translated_as_they_were(page, moderator):
    copy = translated(page, moderator)
    copy = again(copy.response, {**WORDS, "indicators": public("Les juges.")})
    assert states(copy)["indicators"] == State.CHANGED
    copy = again(copy.response, WORDS)
    assert set(states(copy).values()) == {State.DONE}


def test_written_anew_in_the_language_of_the_translation_all_is_to_be_done(page, moderator):
    copy = again(translated(page, moderator).response, WORDS, language="en")
    assert set(states(copy).values()) == {State.CHANGED}
    with pytest.raises(NotPublishable):
        publish(copies=[copy], by=moderator, at=AT)


def test_an_acceptance_taken_back_keeps_the_translations_and_a_withdrawal_none(page, moderator):
    copy = translated(page, moderator)
    retire(copy=copy, kind="removed", at=AT)
    copy = prepare_copy(copy.response)
    assert set(states(copy).values()) == {State.DONE}
    retire(copy=copy, kind="withdrawn", at=AT)
    assert not PublicCopy.objects.exists()


def test_withdrawn_after_publication_no_translation_is_left(page, moderator):
    copy = out(page, moderator)
    retire(copy=copy, kind="withdrawn", at=AT + timedelta(days=1))
    copy.refresh_from_db()
    assert (copy.answers, copy.translations, copy.translated_into) == ({}, {}, "")


def test_whoever_chooses_their_own_words_again_has_them_published(page, moderator, client):
    copy = translated(page, moderator)
    Response.objects.update(translation_only=False)
    (copy,) = publish(copies=[copy], by=moderator, at=AT)
    assert (copy.translations, copy.translated_into) == ({}, "")
    html = get(client, place(copy))
    assert CANARY in html
    assert "Unofficial" not in html
    assert list(findings()) == []


def test_what_a_translation_left_out_is_looked_for_before_own_words_are_published(page, moderator):
    copy = translated(page, moderator)
    copy = say(copy, "who", "We teach at [[personal-data]].", moderator)
    Response.objects.update(translation_only=False)
    number = page.questionnaire().find("who").number
    with pytest.raises(NotPublishable, match=rf"Look for them in answer {number}\."):
        publish(copies=[copy], by=moderator, at=AT)
    whole = [{"text": WORDS["who"]["value"]}]
    redact(copy=copy, question_id="who", segments=whole, by=moderator, at=AT)
    (copy,) = publish(copies=[copy], by=moderator, at=AT)
    assert copy.answers["who"] == {"value": WORDS["who"]["value"]}


# -- the record ------------------------------------------------------------------------------------


def test_the_record_covers_the_translation_and_its_language(page, moderator, client):
    copy = out(page, moderator)
    told = json.loads(get(client, f"{place(copy)}record.json"))
    assert told["content"]["translated_into"] == "en"
    assert told["content"]["answers"]["indicators"] == {"value": "The courts."}
    digest = content_digest(bytes.fromhex(told["salt"]), told["content"])
    assert digest == told["statement"]["content_digest"]
    assert "submission" not in told["statement"]
    assert list(findings()) == []


def test_entries_of_what_is_no_translation_keep_their_form(page, moderator):
    assert "translated_into" not in as_recorded_of(published(page, moderator))["content"]


def test_own_words_put_in_by_hand_are_found(page, moderator):
    copy = out(page, moderator)
    other = out(page, moderator)
    answers = {**copy.answers, "who": {"value": WORDS["who"]["value"]}}
    PublicCopy.objects.filter(pk=copy.pk).update(answers=answers)
    Response.objects.filter(pk=other.response.pk).update(translation_only=False)
    wrong = [finding.text for finding in findings()]
    assert any(f"{copy.response.reference} is no translation" in text for text in wrong)
    assert any(f"{other.response.reference} is published in translation" in text for text in wrong)


@pytest.mark.parametrize("path", ["", "?question=3", "export.json"])
def test_translations_cost_no_query_each(
    page, moderator, client, path, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(60) as captured:
            get(client, f"{INDEX}{path}")
        return len(captured)

    out(page, moderator)
    get(client, f"{INDEX}{path}")
    few = cost()
    for _ in range(3):
        out(page, moderator)
    assert cost() == few
