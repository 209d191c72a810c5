"""
The form as plain text, for those who fill it in without a connection, in any editor.

What people write stands between two marks, `[[3]]` and `[[/3]]`; everything else is guidance that
nobody reads back. Options are lines that begin with `[ ]`, which people make `[x]`. Marks and
letters are the same in every language, so a form is read whatever language it was made in.
"""

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations.calls.offline.identity_questions import DetailQuestion, detail_questions
from consultations.calls.offline.lines import CHANGED, Parsed, Printed, plain_lines, regions
from consultations.calls.offline.parsing import read_answer, read_detail
from consultations.calls.privacy import advice_address, statements
from consultations.questionnaires.parts import Questionnaire
from consultations.questionnaires.printable import SheetQuestion, sheet_of
from consultations.questionnaires.types import Question
from portal.cms.jinja import datetime_in
from portal.languages import easy_words
from portal.search.cards import plain_text
from portal.text import clean_line, digits

__all__ = ["Parsed", "digest", "first_line", "parse", "printed", "render"]

OFFICIALS, JUSTIFICATION = "officials", "justification"
FIRST_LINE = re.compile(r"(ECHRI-[0-9]{4}-[0-9]{2,})\D+?form ?: ?([0-9a-f]{12})")
RULE = "=" * 60
LINE = 88
MOST_NUMBERS = 200
FROM_TO = re.compile(r"[0-9]\s*[-–—…~]\s*[0-9]")


def digest(questionnaire: Questionnaire) -> str:
    """
    Twelve hex digits that tell one questionnaire's form from another's.

    Covers what answers refer to, not the wording: a corrigendum does not make a form stale.
    """
    asked = [
        [
            question.id,
            question.kind,
            [option.key for option in question.options],
            [row.key for row in question.rows],
            question.allow_other,
            str(question.minimum),
            str(question.maximum),
        ]
        for question in questionnaire.questions
    ]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:12]


def first_line(page: Any) -> str:
    """Return what tells of which consultation a form is, and of which questions."""
    return f"{page.docket} form:{digest(page.questionnaire())}"


def render(page: Any, address: str = "") -> str:
    """
    Return the form of a ConsultationPage in the active language; lines end with CR LF for old
    editors.

    `page` is as it is read; `address` is where the reader found the consultation.
    """
    return "\r\n".join(_lines(page, address)) + "\r\n"


def _lines(page: Any, address: str) -> Iterator[str]:
    questionnaire = page.questionnaire()
    yield first_line(page)
    yield page.title
    yield ""
    yield _("How to fill in this form")
    yield _("- Write your answers between the two lines in double brackets, like [[3]] and [[/3]].")
    yield _("- To choose an option, put an x between its brackets: [x].")
    yield _("- Do not change the first line, the double brackets, or the letters of the options.")
    yield _("- Leave empty what you do not want to answer. Save the form as plain text (UTF-8).")
    if address:
        yield _("- Then send it on the consultation's page: %(address)s") % {"address": address}
    if page.contact_email:
        yield _by_mail(page.contact_email)
    if page.contact_email and page.anonymous_allowed:
        yield _("- Not if you respond without a name: a mail shows who sends it.")
    if address and page.anonymous_allowed:
        advice = advice_address(address)
        yield _("- Could a response put you at risk? Read this first: %(address)s") % {
            "address": advice
        }
    yield _due(datetime_in(page.deadline, page.timezone))
    yield ""
    yield from statements(page)
    yield from _heading(_("Who responds"))
    for detail in detail_questions(anonymous=page.anonymous_allowed, has_all_letters=True):
        yield from _detail(detail)
    for part in sheet_of(questionnaire):
        yield from _heading(f"{part.part.number}. {part.part.title}")
        yield from filter(None, (part.condition, plain_text(part.part.introduction)))
        for question in part.questions:
            yield from _question(question)
    yield from _heading(_("For officials only"))
    yield from wrap(
        _(
            "The numbers of the questions whose answers are for officials only. On the portal you "
            "are then asked for a version of each that may be published, and for the ground."
        ),
        LINE,
    )
    yield from _region(OFFICIALS)
    yield _("Why must they not be published?")
    yield from _region(JUSTIFICATION)


def _by_mail(address: str) -> str:
    return _("- Or send it by e-mail to %(address)s") % {"address": address}


def _due(deadline: str) -> str:
    return _("- It must arrive by %(deadline)s.") % {"deadline": deadline}


def _heading(words: str) -> Iterator[str]:
    yield from ("", RULE, words, RULE, "")


def _region(name: str, lines: Iterable[str] = ()) -> Iterator[str]:
    yield f"[[{name}]]"
    yield from list(lines) or [""]
    yield f"[[/{name}]]"
    yield ""


def _detail(detail: DetailQuestion) -> Iterator[str]:
    yield detail.text
    yield from _region(detail.key, map(str, detail.options))


def _question(entry: SheetQuestion) -> Iterator[str]:
    question = entry.question
    required = f" ({_('required')})" if question.required else ""
    yield f"{question.number}. {' '.join(question.text.split())}{required}"
    if question.is_standard:
        yield f"({_('Standard text')})"
    yield from filter(None, (entry.condition, *question.help.splitlines()))
    yield from filter(None, [" ".join(question.rules)])
    if question.is_on_paper:
        yield from _region(question.number, question.paper_lines())
    else:
        yield from (question.paper_note, "")


def parse(text: str, questionnaire: Questionnaire, also: Collection[str] = ()) -> Parsed:
    """
    Read what was written in a form that `render` made, whatever an editor or a phone did to it.

    `details` has what the person said of themselves (keys as in `identity_questions`, and
    `confidentiality`); `answers` maps question ids to `{"value": …}`, with `"visibility":
    "officials"` where asked for; `problems` are sentences for the person. What could not be
    understood is a problem and no answer. `also` are further names to look for. Never raises.
    Limits of length and required answers are left to the form that the answers go to.
    """
    parsed = Parsed()
    lines = plain_lines(text)
    if first := FIRST_LINE.search(" ".join(lines[:10])):
        parsed.docket, parsed.digest = first.groups()
    if parsed.digest != digest(questionnaire):
        parsed.problems.append(
            _(
                "This is not the form of this consultation as it is asked now: a question may have "
                "been corrected since. Check that each answer is under its question."
            )
        )
    asked = detail_questions(anonymous=True, has_all_letters=True)
    details = {detail.key: detail for detail in asked}
    questions = {question.number: question for question in questionnaire.questions}
    taken_apart = regions(lines, {*details, *questions, OFFICIALS, JUSTIFICATION, *also})
    found, broken = taken_apart.found, taken_apart.broken
    parsed.outside = taken_apart.outside
    parsed.problems += [
        _("One of the lines [[%(name)s]] and [[/%(name)s]] is missing. Put it back.")
        % {"name": name}
        for name in broken
    ]
    if not found and not broken:
        parsed.problems.append(_("No answer was found: the lines in double brackets are missing."))
    for name, written in found.items():
        if name in details:
            read_detail(details[name], written, parsed)
        elif name in questions:
            read_answer(questions[name], written, parsed)
        elif name in also:
            parsed.further[name] = written
    parsed.problems += [
        _("Question %(number)s: %(problem)s")
        % {"number": question.number, "problem": question.paper_problem}
        for question in questions.values()
        if question.paper_problem and question.id not in parsed.unread
    ]
    _keep_unnamed(parsed)
    if justification := "\n".join(found.get(JUSTIFICATION, ())).strip():
        parsed.details["confidentiality"] = {"justification": justification}
    _read_officials(" ".join(found.get(OFFICIALS, ())), questions, parsed)
    return parsed


def _read_officials(written: str, questions: Mapping[str, Question], parsed: Parsed) -> None:
    """Put into `parsed` which questions, by number, are for officials only."""
    if clean_line(written).strip(" .!").casefold() in _words_for_all():
        parsed.officials = {question.id for question in questions.values()}
        parsed.problems.append(
            _(
                "For officials only: you wrote “%(written)s”, so all answers that were read are "
                "for officials only. Where you add an answer, choose this there too."
            )
            % {"written": clean_line(written)}
        )
    else:
        for number in _numbers(written, parsed):
            question = questions.get(number.lstrip("0"))
            if question is None:
                parsed.problems.append(
                    _("For officials only: there is no question %(number)s.") % {"number": number}
                )
            else:
                parsed.named_for_officials.add(question.id)
        parsed.officials |= parsed.named_for_officials
    for key in parsed.officials.intersection(parsed.answers):
        parsed.answers[key]["visibility"] = "officials"


def _words_for_all() -> set[str]:
    """Return what means every question, in each language that a form is made in."""
    words = {"all", "everything", "all questions", "all answers"}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words |= {pgettext("questions", "all"), pgettext("questions", "everything")}
    return {word.casefold() for word in words}


def _numbers(written: str, parsed: Parsed) -> list[str]:
    """Return the numbers that were written; what else was written is told, with what was read."""
    numbers = re.findall(r"[0-9]+", digits(written))[:MOST_NUMBERS]
    if any(each.isalpha() for each in written) or FROM_TO.search(digits(written)):
        told = (
            _("For officials only: these numbers were read: %(numbers)s. You wrote: “%(written)s”.")
            if numbers
            else _("For officials only: “%(written)s” has no number of a question.")
        )
        words = {"numbers": ", ".join(numbers), "written": clean_line(written)}
        parsed.problems.append(told % words)
    return numbers


def printed(page: Any) -> Printed:
    """Return the lines of the form of a consultation, in all words that it can be had in."""
    forms, changing = [], []
    easy = {each for each in page.text_languages if easy_words.is_tag(each)}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for are_easy in (False, True) if easy_words.tag_of(code) in easy else (False,):
                with easy_words.asked(are_easy):
                    forms.append(render(page.in_language(), "https://"))
            changing += [_by_mail(CHANGED), _due(CHANGED)]
    return Printed(forms, changing)


def _keep_unnamed(parsed: Parsed) -> None:
    """Remove the name, typed or not, of somebody who wants no name to be known."""
    kept = {"anonymous": (), "organisation": ("organisation_name",)}
    identity = parsed.details.get("identity")
    if identity in kept:
        dropped = {"name", "organisation_name"}.difference(kept[identity])
        if any(parsed.details.pop(name, "") for name in sorted(dropped)):
            parsed.problems.append(
                _("You chose not to be named, so the name that you wrote was left out.")
            )
    if identity not in (None, "anonymous") and parsed.details.pop("translation_only", ""):
        parsed.problems.append(
            _(
                "Only responses without a name can be published in translation alone. With a name, "
                "your words are published as you wrote them."
            )
        )
