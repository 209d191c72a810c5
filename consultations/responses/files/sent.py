"""The files of an answer as readers will have them: what their author leaves out is left out."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from consultations.calls.models import ConsultationPage
from consultations.questionnaires.schema import LEFT_OUT
from consultations.responses.answers.mapping import digests_of, is_for_officials
from consultations.responses.models import ResponseVersion, SentFile
from portal.files.downloads import readable
from portal.files.models import StoredFile
from portal.files.passages import Cuts, without

Kept = dict[str, Any]


def sent_files(version: ResponseVersion) -> dict[str, SentFile]:
    """Return what is to be said of a version's files, by their ids there; mostly nothing."""
    return {str(each.file): each for each in version.sent_files.all()}


def answers_now(version: ResponseVersion) -> dict[str, Kept]:
    """Return a version's answers with the files that stand there now, and what they leave out."""
    known = sent_files(version)
    return {key: _answer_now(answer, known) for key, answer in version.answers.items()}


def _answer_now(answer: Mapping[str, Any], known: Mapping[str, SentFile]) -> Kept:
    changed = [known[each] for each in _listed(answer) if each in known]
    if not changed:
        return dict(answer)
    now = {key: each for key, each in answer.items() if key != LEFT_OUT}
    stored = {str(each.file): str(each.stored) for each in changed}
    now["value"] = [stored.get(each, each) for each in _listed(answer)]
    if left_out := {str(each.stored): each.cuts for each in changed if each.cuts}:
        now[LEFT_OUT] = left_out
    return now


def readers_answers(version: ResponseVersion) -> dict[str, Kept]:
    """
    Return the answers of a version with those files that may be published.

    A file that is not there, or is left out, is not among them. Where passages are, the file of the
    words that are left stands in its place, and its SHA-256 (hex) among the answer's `texts`.
    """
    known = sent_files(version)
    digests = digests_of({str(each.text) for each in known.values() if each.text})
    return {
        key: answer if is_for_officials(answer) else _for_readers(answer, known, digests)
        for key, answer in version.answers.items()
    }


def _for_readers(
    answer: Mapping[str, Any], known: Mapping[str, SentFile], digests: Mapping[str, str]
) -> Kept:
    shown = {key: each for key, each in answer.items() if key != LEFT_OUT}
    changed = [known[each] for each in _listed(answer) if each in known]
    if changed:
        files = [each for each in changed if each.is_there and not each.is_left_out]
        there = {str(each.file): str(each.text or each.stored) for each in files}
        shown["value"] = [
            there.get(each, each) for each in _listed(answer) if each in there or each not in known
        ]
        if texts := {str(each.text): digests[str(each.text)] for each in files if each.text}:
            shown["texts"] = texts
    return shown


def _listed(answer: Mapping[str, Any]) -> list[str]:
    """List the ids of the files of an answer, if it has files."""
    value = answer.get("value")
    return [str(each) for each in value] if isinstance(value, list) else []


def readers_words(stored: StoredFile, cuts: Cuts, language: str) -> str:
    """Return a file's words without what is left out, each passage marked in this language."""
    with translation.override(language):
        mark = _("[left out by its author]")
        text = mark if isinstance(cuts, str) else without(stored.text, cuts, mark)
        return readable(stored, text)


def language_of(page: ConsultationPage, language: str) -> str:
    """Return the language of an answer if the portal speaks it, else the consultation's."""
    return language if language in dict(settings.LANGUAGES) else page.locale.language_code
