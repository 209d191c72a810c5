"""What people wrote in one place of an offline form, made into an answer or a detail."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consultations.calls.offline.identity_questions import OTHER, DetailQuestion
from consultations.calls.offline.lines import Parsed
from consultations.questionnaires.paper import chosen, only, passed_over
from consultations.questionnaires.types import Question
from portal.stakeholders.countries import all_names, folded
from portal.taxonomy.languages import codes_named
from portal.text import clean_line, shown


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
        return
    over = passed_over(lines, question.paper_lines())
    problems = question.paper_problems(lines) + ([_passed_over(over)] if over else [])
    if value is not None:
        parsed.answers[question.id] = {"value": value}
        if problems:
            parsed.remarks[question.id] = _told(question, " ".join(problems))
    elif problems:
        _not_read(question, " ".join(problems), over or lines, parsed)


def _told(question: Question, problem: str) -> str:
    words = {"number": question.number, "problem": problem}
    # Translators: problem is a whole sentence that says what could not be read.
    return _("Question %(number)s: %(problem)s") % words


def _passed_over(lines: Sequence[str]) -> str:
    listed = "”, “".join(lines)
    # Translators: stands behind “Question 3:”.
    return _("this was not understood: “%(lines)s”.") % {"lines": listed}


def _not_read(question: Question, problem: str, lines: Sequence[str], parsed: Parsed) -> None:
    parsed.problems.append(_told(question, problem))
    parsed.unread[question.id] = ("\n".join(lines).strip(), parsed.problems[-1])


def read_detail(detail: DetailQuestion, lines: Sequence[str], parsed: Parsed) -> None:
    """Put what somebody said of themselves into `parsed`, or what is wrong with it."""
    try:
        if detail.options:
            keys, words = chosen(detail.options, lines)
            value = only(keys)
            if value == OTHER:
                value = _language(words)
            elif over := passed_over(lines, [str(option) for option in detail.options]):
                parsed.problems.append(f"{detail.text}: {_passed_over(over)}")
        else:
            value = clean_line(" ".join(lines)) or None
        if value and detail.key == "state":
            value = _place(value)
    except ValidationError as problem:
        parsed.problems.append(f"{detail.text}: {' '.join(problem.messages)}")
        return
    if value:
        parsed.details[detail.key] = value


def _place(written: str) -> str:
    """Return the code of a country or territory, of its code or its name in any language."""
    wanted = folded(shown(written))
    for code, names in all_names().items():
        if wanted == code.casefold() or any(wanted == folded(name) for name in names):
            return code
    raise ValidationError(
        _("“%(written)s” is not a code or a name that we know. Write a code such as NO.")
        % {"written": written[:80]}
    )


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
