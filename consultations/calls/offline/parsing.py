"""What people wrote in one place of an offline form, made into the value of an answer."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from consultations.calls.offline.identity_questions import DetailQuestion
from consultations.calls.offline.lines import Mark, Parsed, flat, marks
from consultations.calls.questionnaires.printable import Lettered, lettered
from consultations.calls.questionnaires.schema import Kind, Question

LETTERED = re.compile(r"([A-Za-z]{1,2})\s?[.):](.*)", re.S)
CELL = re.compile(r"([0-9]{1,3})\s?([A-Za-z]{1,2})\s?[.):]?")
STEP = re.compile(r"-?[0-9]{1,3}(?![0-9])")
DAY = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")


class UnclearError(Exception):
    """An answer without a certain meaning; the message is for the person."""


def read_answer(question: Question, lines: Sequence[str], parsed: Parsed) -> None:
    """Put the answer into `parsed`, or what is wrong with it."""
    try:
        value = _value(question, lines)
    except UnclearError as problem:
        words = {"number": question.number, "problem": problem}
        parsed.problems.append(_("Question %(number)s: %(problem)s") % words)
        parsed.unread[question.id] = ("\n".join(lines).strip(), parsed.problems[-1])
        return
    if value is not None:
        parsed.answers[question.id] = {"value": value}


def read_detail(detail: DetailQuestion, lines: Sequence[str], parsed: Parsed) -> None:
    """Put what somebody said of themselves into `parsed`, or what is wrong with it."""
    try:
        if detail.options:
            chosen, _other = _chosen(detail.options, lines)
            value = _only(chosen)
        else:
            value = " ".join(" ".join(lines).split()) or None
        if value and detail.key == "state" and not re.fullmatch(r"[A-Za-z]{2}", value):
            raise UnclearError(_("write the code of two letters, such as NO."))
    except UnclearError as problem:
        parsed.problems.append(f"{detail.text}: {problem}")
        return
    if value:
        parsed.details[detail.key] = value.upper() if detail.key == "state" else value


def _value(question: Question, lines: Sequence[str]) -> Any:
    """Return the value as `calls.questionnaire` has it; None where nothing was written."""
    match question.kind:
        case Kind.LONG_TEXT:
            return "\n".join(line.rstrip() for line in lines).strip() or None
        case Kind.SHORT_TEXT:
            return " ".join(" ".join(lines).split()) or None
        case Kind.NUMBER:
            return _number(" ".join(lines))
        case Kind.DATE:
            return _date(" ".join(lines))
        case Kind.SCALE:
            return _step(question, lines)
        case Kind.RANKING:
            return _ranking(question, lines)
        case Kind.MATRIX:
            return _matrix(question, lines)
        case Kind.FILE:
            return None
    chosen, other = _chosen(lettered(question), lines)
    if question.kind == Kind.MANY_CHOICES:
        return {"choices": chosen, "other": other} if chosen else None
    only = _only(chosen)
    if question.kind == Kind.YES_NO:
        return None if only is None else only == "yes"
    return {"choice": only, "other": other} if only else None


def _chosen(options: Sequence[Lettered], lines: Sequence[str]) -> tuple[list[str], str]:
    """Return the keys of the options that were marked, in their order, and the text of "other"."""
    chosen, words = set(), ""
    for mark in marks(lines):
        option = _meant(mark, options)
        if option is None:
            if mark.mark:
                raise UnclearError(_("“%(line)s” is not an option.") % {"line": mark.rest[:80]})
            continue
        said = mark.rest.partition(":")[2].strip() if option.is_other else ""
        words = words or said
        if mark.mark or said:
            chosen.add(option.key)
    return [option.key for option in options if option.key in chosen], words


def _meant(mark: Mark, options: Sequence[Lettered]) -> Lettered | None:
    """Find it by its letter; where that is gone, by its words."""
    if lettered_ := LETTERED.match(mark.rest):
        for option in options:
            if option.letter == lettered_[1].lower():
                return option
    said = mark.rest.casefold()
    return next((option for option in options if flat(option.label).casefold() == said), None)


def _only(chosen: Sequence[str]) -> str | None:
    if len(chosen) > 1:
        raise UnclearError(_("more than one option is marked; choose one."))
    return chosen[0] if chosen else None


def _step(question: Question, lines: Sequence[str]) -> int | None:
    steps = set()
    for mark in marks(lines):
        if mark.mark and (found := STEP.match(digits(mark.rest))):
            steps.add(int(found[0]))
    if len(steps) > 1:
        raise UnclearError(_("more than one number is marked; choose one."))
    low, high = question.minimum, question.maximum
    for step in steps:
        if low is None or high is None or low <= step <= high:
            return step
        raise UnclearError(_("%(step)s is not on the scale.") % {"step": step})
    return None


def _ranking(question: Question, lines: Sequence[str]) -> list[str] | None:
    ranks: dict[int, str] = {}
    options = lettered(question)
    for mark in marks(lines):
        option = _meant(mark, options)
        if not mark.mark or option is None:
            continue
        rank = digits(mark.mark).rstrip(".)")
        if not (rank.isascii() and rank.isdigit() and len(rank) < 5):
            raise UnclearError(_("rank with numbers: [1], [2] and so on."))
        if ranks.setdefault(int(rank), option.key) != option.key:
            raise UnclearError(_("%(rank)s is given twice.") % {"rank": int(rank)})
    ordered = list(dict.fromkeys(ranks[rank] for rank in sorted(ranks)))
    return ordered or None


def _matrix(question: Question, lines: Sequence[str]) -> dict[str, str] | None:
    chosen: dict[str, str] = {}
    columns = {option.letter: option.key for option in lettered(question)}
    for mark in marks(lines):
        cell = CELL.match(digits(mark.rest)) if mark.mark else None
        if cell is None:
            continue
        place, column = int(cell[1]) - 1, columns.get(cell[2].lower())
        if column is None or not 0 <= place < len(question.rows):
            raise UnclearError(_("“%(line)s” is not an option.") % {"line": mark.rest[:80]})
        row = question.rows[place]
        if chosen.setdefault(row.key, column) != column:
            raise UnclearError(_("in the row “%(row)s” choose one.") % {"row": row.label})
    return chosen or None


def _number(words: str) -> str | None:
    typed = "".join(digits(flat(words)).split()).replace("−", "-").replace("٫", ".")
    if not typed:
        return None
    # "1,234" is a thousand to some and a fraction to others: then it asks.
    if re.fullmatch(r"-?[0-9]+,([0-9]{1,2}|[0-9]{4,})", typed):
        typed = typed.replace(",", ".")
    try:
        number = Decimal(typed) if re.fullmatch(r"-?[0-9]{1,20}(\.[0-9]{1,10})?", typed) else None
    except InvalidOperation:
        number = None
    if number is None:
        raise UnclearError(_("write a number in digits, such as 12 or 12.5."))
    return format(number, "f")


def _date(words: str) -> str | None:
    typed = digits(flat(words)).replace("‐", "-").replace("‑", "-").replace("–", "-")
    typed = "".join(typed.split())
    if not typed:
        return None
    if day := DAY.fullmatch(typed):
        try:
            return date(int(day[1]), int(day[2]), int(day[3])).isoformat()
        except ValueError:
            pass
    raise UnclearError(_("write the date as year-month-day, such as 2026-03-27."))


def digits(text: str) -> str:
    """Return the digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(c, c)) for c in text)
