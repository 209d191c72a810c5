"""
What stands in the place of a writer's own words where only a translation is published.

`PublicCopy.translations` maps a question's id to `{"segments": …, "version": …}`: the translation
as `redaction` has texts, and the number of the version whose words it translates; with
`"unfinished": true` while somebody works on it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from consultations.publication.copies import PublicAnswer, own_words, public_answers, with_words
from consultations.publication.models import PublicCopy
from consultations.publication.redaction import Segment, as_marked, is_cut
from consultations.questionnaires.parts import Questionnaire
from consultations.questionnaires.types import Question
from consultations.responses.answers import mapping
from consultations.responses.files.sent import readers_answers

Translation = dict[str, Any]
# Up to so many words a translation may be the same as its original: names, numbers, a law's title.
SAME_IN_ALL = 4


class State(Enum):
    """A translation's status, for one answer."""

    MISSING = "missing"
    UNFINISHED = "unfinished"
    CHANGED = "changed"  # the writer changed the answer after it was translated
    DONE = "done"


@dataclass(frozen=True)
class Piece:
    """The words of one answer, and their translation as far as there is one."""

    question: Question
    words: str
    segments: Sequence[Segment]
    state: State


def pieces_of(copy: PublicCopy, questionnaire: Questionnaire) -> list[Piece]:
    """Return what is to be translated of a copy, in the order in which it was asked."""
    texts = own_texts(questionnaire, copy.version.answers)
    return [
        Piece(
            question,
            texts[question.id],
            copy.translations.get(question.id, {}).get("segments", ()),
            _state(copy, copy.translations.get(question.id)),
        )
        for question in questionnaire.questions
        if question.id in texts
    ]


def untranslated(copy: PublicCopy, questionnaire: Questionnaire) -> list[Piece]:
    """Return what is still to be translated before the copy can be published."""
    return [each for each in pieces_of(copy, questionnaire) if each.state is not State.DONE]


def _state(copy: PublicCopy, kept: Translation | None) -> State:
    if kept is None:
        return State.MISSING
    if kept["version"] != copy.version.number or copy.translated_into == copy.version.language:
        return State.CHANGED
    return State.UNFINISHED if kept.get("unfinished") else State.DONE


def own_texts(
    questionnaire: Questionnaire, answers: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    """Return the writer's own words among public answers, by question."""
    shown = public_answers(questionnaire, answers).items()
    asked = {question.id: question for question in questionnaire.questions}
    texts = {key: own_words(asked[key], answer) for key, answer in shown}
    return {key: words for key, words in texts.items() if words.strip()}


def is_shown_as_it_is(question: Question, answer: Mapping[str, Any]) -> bool:
    """Say whether a public answer has neither words of the writer's own nor files."""
    return not question.has_files and not own_words(question, answer).strip()


def answers_to_publish(copy: PublicCopy, questionnaire: Questionnaire) -> dict[str, PublicAnswer]:
    """
    Return what readers are shown of a copy: its answers, or what stands in their place.

    Only in translation that is the translation of every text, as far as there is one, and what has
    no words; files are not shown.
    """
    if not copy.response.translation_only:
        return copy.answers
    shown: dict[str, PublicAnswer] = {}
    for key, answer in public_answers(questionnaire, readers_answers(copy.version)).items():
        question = questionnaire.find(key)
        if question is None:
            continue
        if is_shown_as_it_is(question, answer):
            shown[key] = copy.answers.get(key, answer)
        elif kept := copy.translations.get(key):
            shown[key] = with_words(question, answer, kept["segments"])
    return shown


def still_translated(copy: PublicCopy, questionnaire: Questionnaire) -> dict[str, Translation]:
    """
    Return the translations that still stand for something once the copy is of another version.

    Where the words are as they were, a translation is of that version too. Where they are others it
    stays, for whoever translates anew, and counts for nothing. At most one query.
    """
    if not copy.translations:
        return {}
    texts = own_texts(questionnaire, copy.version.answers)
    before = texts_before(copy, questionnaire)
    return {
        key: {**kept, "version": copy.version.number} if before.get(key) == texts[key] else kept
        for key, kept in copy.translations.items()
        if key in texts
    }


def texts_before(copy: PublicCopy, questionnaire: Questionnaire) -> dict[str, str]:
    """Return by question the words that each translation is of; one query."""
    numbers = {kept["version"] for kept in copy.translations.values()}
    versions = copy.response.versions.filter(number__in=numbers)
    texts = {each.number: own_texts(questionnaire, each.answers) for each in versions}
    return {
        key: texts.get(kept["version"], {}).get(key, "") for key, kept in copy.translations.items()
    }


def cut_in_translation_alone(copy: PublicCopy, questionnaire: Questionnaire) -> list[Question]:
    """Return the questions where the translation leaves passages out, and the copy none."""
    return [
        question
        for question in questionnaire.questions
        if is_cut(copy.translations.get(question.id, {}).get("segments", ()))
        and question.id in copy.answers
        and not is_cut(copy.answers[question.id].get("segments", ()))
    ]


def marks_of_translation(copy: PublicCopy, question_id: str) -> str:
    """Return a translation with its marks where it leaves passages out; "" where it does not."""
    segments = copy.translations.get(question_id, {}).get("segments", ())
    return as_marked(segments) if is_cut(segments) else ""


def fingerprint_of(copy: PublicCopy, question_id: str) -> str:
    """Return what a form of this translation is filled in from, in short."""
    return mapping.fingerprint_of([copy.translated_into, copy.translations.get(question_id)])


def reasons_in(segments: Iterable[Mapping[str, str]]) -> list[str]:
    """Return for which reasons passages are left out, each once."""
    return sorted({each["redacted"] for each in segments if "redacted" in each})


def is_the_original(words: str, segments: Iterable[Mapping[str, str]]) -> bool:
    """Say whether what is to be a translation is the original itself, which must not get out."""
    said = " ".join(each.get("text", "") for each in segments).split()
    return len(said) > SAME_IN_ALL and said == words.split()
