"""What people wrote in one place of an offline form, made into an answer or a detail."""

import re
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consultations.calls.offline.identity_questions import OTHER, DetailQuestion
from consultations.calls.offline.lines import Parsed
from consultations.questionnaires.paper import chosen, only
from consultations.questionnaires.types import Question
from portal.taxonomy.languages import codes_named


def read_answer(question: Question, lines: Sequence[str], parsed: Parsed) -> None:
    """Put the answer into `parsed`, or what is wrong with it."""
    if not question.is_on_paper:
        if any(line.strip() for line in lines):
            _not_read(question, question.paper_note, lines, parsed)
        return
    try:
        value = question.read_paper(lines)
    except ValidationError as problem:
        _not_read(question, " ".join(problem.messages), lines, parsed)
    else:
        if value is not None:
            parsed.answers[question.id] = {"value": value}


def _not_read(question: Question, problem: str, lines: Sequence[str], parsed: Parsed) -> None:
    words = {"number": question.number, "problem": problem}
    parsed.problems.append(_("Question %(number)s: %(problem)s") % words)
    parsed.unread[question.id] = ("\n".join(lines).strip(), parsed.problems[-1])


def read_detail(detail: DetailQuestion, lines: Sequence[str], parsed: Parsed) -> None:
    """Put what somebody said of themselves into `parsed`, or what is wrong with it."""
    try:
        if detail.options:
            keys, words = chosen(detail.options, lines)
            value = only(keys)
            if value == OTHER:
                value = _language(words)
        else:
            value = " ".join(" ".join(lines).split()) or None
        if value and detail.key == "state" and not re.fullmatch(r"[A-Za-z]{2}", value):
            raise ValidationError(_("write the code of two letters, such as NO."))
    except ValidationError as problem:
        parsed.problems.append(f"{detail.text}: {' '.join(problem.messages)}")
        return
    if value:
        parsed.details[detail.key] = value.upper() if detail.key == "state" else value


def _language(words: str) -> str:
    """Return the code of a language that was written in words; ValidationError where none is."""
    if not words:
        raise ValidationError(_("write which language it is."))
    found = codes_named(words)
    if len(found) != 1:
        raise ValidationError(
            _("“%(words)s” is no language that we know. Write its name in English.")
            % {"words": words[:80]}
        )
    return found[0]
