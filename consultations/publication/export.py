"""Every published response of a consultation as one file, streamed: constant memory."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations.calls.models import ConsultationPage
from consultations.publication.models import PublicCopy
from consultations.publication.presenters import (
    attachments,
    exported_answer,
    files_of,
    shown_parts,
)
from consultations.publication.queries import PublicCopyQuerySet
from consultations.questionnaires.parts import Questionnaire
from consultations.questionnaires.types import Question
from consultations.responses.models.choices import ON_BEHALF
from portal.formulas import safe
from portal.search.cards import in_batches
from portal.taxonomy.vocabularies import GROUP, SUBMITTER_TYPE

BATCH = 100


def rows(page: ConsultationPage) -> Iterator[dict[str, Any]]:
    """
    Yield every published response in the order of the index, as it stands on its page.

    No date but the day of publication, no number of a row: the order is chance's.
    """
    questionnaire = page.questionnaire()
    for some in in_batches(_exported(page).iterator(chunk_size=BATCH), BATCH):
        files = files_of(some, questionnaire)
        for copy in some:
            yield _row(copy, questionnaire, files)


def digest(page: ConsultationPage, request: HttpRequest) -> str:
    """
    Return what tells a consultation's export in this language from every other, without making it.

    The leaf of a copy's entry names its answers: whatever changes them is entered anew. So they are
    read only where there is a file among them: its line says what has become of the file.
    """
    told = hashlib.sha256()
    parts = page.questionnaire_parts.get_prep_value()
    for each in (_head(page, request), parts, translation.get_language()):
        told.update(_line(each))
    without_answers = _exported(page).defer("answers", "translations")
    for copy in without_answers.iterator(chunk_size=BATCH):
        told.update(_line([copy.record_leaf, _beside_answers(copy)]))
    for described in _attached(page):
        told.update(_line(described))
    return told.hexdigest()


def _attached(page: ConsultationPage) -> Iterator[list[str]]:
    """Yield what is said of the files of each response that has some, in the exports' order."""
    questionnaire = page.questionnaire()
    asking = [each.id for each in questionnaire.questions if each.has_files]
    found = _exported(page).having_answered(asking) if asking else PublicCopy.objects.none()
    for some in in_batches(found.iterator(chunk_size=BATCH), BATCH):
        files = files_of(some, questionnaire)
        for copy in some:
            yield [each.description for each in attachments(copy, questionnaire, files)]


def _line(value: Any) -> bytes:
    return json.dumps(value, cls=DjangoJSONEncoder).encode() + b"\n"


def _exported(page: ConsultationPage) -> PublicCopyQuerySet:
    return PublicCopy.objects.published().of(page).to_show().in_order(by_name=False)


def _row(copy: PublicCopy, questionnaire: Questionnaire, files: Any) -> dict[str, Any]:
    answers = {
        shown.question.number: {
            "text": exported_answer(shown),
            "keys": None
            if shown.is_public_version
            else shown.question.exported_keys(copy.answers[shown.question.id].get("value")),
            "public_version": shown.is_public_version,
            "redacted": bool(shown.segments),
        }
        for part in shown_parts(copy, questionnaire, files)
        for shown in part.answers
    }
    return {**_beside_answers(copy), "answers": answers}


def _beside_answers(copy: PublicCopy) -> dict[str, Any]:
    day = copy.published_on
    return {
        "reference": copy.response.reference,
        "name": copy.display_name,
        "organisation": copy.organisation_name,
        "organisation_verified": copy.is_verified,
        "signatories": copy.signatories,
        **copy.unnamed_signatories(),
        "group": copy.shown_group,
        "submitter_type": "" if copy.is_nameless else copy.submitter_type,
        **{name: _stated(copy, name) for name in ON_BEHALF},
        "state": copy.state,
        "language": copy.shown_language,
        "unofficial_translation_into": copy.translated_into,
        "published": day.isoformat() if day else "",
        "late": copy.is_late,
        "redacted": copy.is_redacted,
        "permalink": copy.get_absolute_url(),
    }


def _stated(copy: PublicCopy, name: str) -> str | None:
    """Return what was said, "" where it was not stated, and None where nobody was asked."""
    said: str | None = copy.represents.get(name)
    return said


def as_json(page: ConsultationPage, request: HttpRequest) -> Iterator[str]:
    """Yield one JSON object: the consultation, its questions with the keys, its responses."""
    questions = [_question(each) for each in page.questionnaire().questions]
    head = {**_head(page, request), "questions": questions}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "responses": ['
    for number, row in enumerate(rows(page)):
        row["permalink"] = request.build_absolute_uri(row["permalink"])
        yield (",\n" if number else "\n") + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"


def _head(page: ConsultationPage, request: HttpRequest) -> dict[str, str]:
    return {
        "docket": page.docket,
        "consultation": page.title,
        "address": request.build_absolute_uri(page.get_url() or ""),
    }


def _question(question: Question) -> dict[str, Any]:
    options = question.condition_options() or question.options
    return {
        "number": question.number,
        "kind": question.kind,
        "text": question.text,
        "options": [{"key": each.key, "label": each.label} for each in options],
        "rows": [{"key": each.key, "label": each.label} for each in question.rows],
    }


def as_csv(page: ConsultationPage, request: HttpRequest) -> Iterator[str]:
    """Yield a row a response and a column a question, safe to open in a spreadsheet."""
    write = csv.writer(_Echo()).writerow
    questions = list(page.questionnaire().questions)
    asked = [heading for each in questions for heading in _columns(each)]
    yield "\ufeff" + write(safe([*_headings(), *asked]))
    for row in rows(page):
        answers = row["answers"]
        cells = [
            row["reference"],
            row["name"],
            row["organisation"],
            _yes(row["organisation_verified"]),
            "; ".join(_signatory(each) for each in row["signatories"]),
            str(row["signatories_withheld"]),
            str(row["signatories_waiting"]),
            GROUP.label_of(row["group"]),
            SUBMITTER_TYPE.label_of(row["submitter_type"]),
            *(_("not stated") if row[name] == "" else row[name] or "" for name in ON_BEHALF),
            row["state"],
            row["language"],
            row["unofficial_translation_into"],
            row["published"],
            "" if row["late"] is None else _yes(row["late"]),
            _yes(row["redacted"]),
            request.build_absolute_uri(row["permalink"]),
            *(cell for each in questions for cell in _cells(each, answers.get(each.number))),
        ]
        yield write(safe(cells))


def _headings() -> list[str]:
    return [
        _("Reference"),
        _("Name"),
        _("Organisation"),
        _("Organisation verified"),
        _("Signed also by"),
        _("Signatories with names withheld"),
        _("Signatories who did not confirm"),
        _("Group"),
        _("Speaking as"),
        _("On behalf of"),
        _("Register number"),
        _("Country"),
        _("Language"),
        _("Unofficial translation into"),
        pgettext("before a date", "Published"),
        _("Late"),
        _("Passages left out"),
        _("Permanent address"),
    ]


def _has_keys(question: Question) -> bool:
    return bool(question.options or question.condition_options())


def _columns(question: Question) -> list[str]:
    """Return the headings of a question: the answer, and beside it the keys of what was chosen."""
    asked = f"{question.number}. {question.text}"
    keys = _("%(number)s. Keys of the options") % {"number": question.number}
    return [asked, keys] if _has_keys(question) else [asked]


def _cells(question: Question, answer: dict[str, Any] | None) -> list[str]:
    keys = (answer or {}).get("keys") or []
    if isinstance(keys, dict):
        keys = [f"{row}: {column}" for row, column in keys.items()]
    listed = "; ".join(str(each) for each in keys)
    return [_answer(answer), listed] if _has_keys(question) else [_answer(answer)]


def _answer(answer: dict[str, Any] | None) -> str:
    if answer is None:
        return ""
    note = _("[public version of an answer for officials only]")
    return f"{note}\n{answer['text']}" if answer["public_version"] else answer["text"]


def _signatory(each: dict[str, str]) -> str:
    return f"{each['name']} ({each['organisation']})" if each["organisation"] else each["name"]


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")


class _Echo:
    """A file for `csv.writer` that hands back what it is to write."""

    def write(self, text: str) -> str:
        return text


FORMS: dict[str, tuple[str, Callable[[ConsultationPage, HttpRequest], Iterator[str]]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json),
}
