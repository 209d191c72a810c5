"""A questionnaire as it stands on paper: lettered options, limits and conditions said in words."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.calls.questionnaires.conditions import answers_of, in_words, letter
from consultations.calls.questionnaires.schema import Kind, Part, Question, Questionnaire, Unit


@dataclass(frozen=True)
class Lettered:
    """An option with the letter it is called by; `is_other` where people add their own words."""

    letter: str
    key: str
    label: str
    is_other: bool = False


@dataclass(frozen=True)
class SheetQuestion:
    """`rules` are sentences, e.g. "At most 300 words."; `condition` is one, or ""."""

    question: Question
    condition: str
    rules: tuple[str, ...]
    options: tuple[Lettered, ...]
    steps: tuple[int, ...]


@dataclass(frozen=True)
class SheetPart:
    part: Part
    condition: str
    questions: tuple[SheetQuestion, ...]


def sheet_of(questionnaire: Questionnaire) -> list[SheetPart]:
    """Return every part and question, conditional ones too, in the active language."""
    questions = list(questionnaire.questions)
    return [
        SheetPart(
            part,
            in_words(part.condition, questions),
            tuple(
                SheetQuestion(
                    question,
                    in_words(question.condition, questions),
                    tuple(rules(question)),
                    tuple(lettered(question)),
                    tuple(steps(question)),
                )
                for question in part.questions
            ),
        )
        for part in questionnaire.parts
    ]


def lettered(question: Question) -> list[Lettered]:
    """List what can be marked: the options, "other", yes and no; the columns of a matrix."""
    own = {option.key for option in question.options}
    offered = answers_of(question) or question.options
    return [
        Lettered(
            letter(place),
            option.key,
            option.label,
            is_other=question.kind != Kind.YES_NO and option.key not in own,
        )
        for place, option in enumerate(offered)
    ]


def steps(question: Question) -> list[int]:
    """Return the numbers of a scale, the lowest first; empty for every other kind."""
    if question.kind != Kind.SCALE or question.minimum is None or question.maximum is None:
        return []
    return list(range(int(question.minimum), int(question.maximum) + 1))


def rules(question: Question) -> list[str]:
    """Say what an answer must keep to, and how it is given, as sentences."""
    found = []
    match question.kind:
        case Kind.YES_NO:
            found.append(_("Yes or no."))
        case Kind.ONE_CHOICE:
            found.append(_("Choose one."))
        case Kind.MANY_CHOICES:
            found.append(_("Choose all that apply."))
        case Kind.RANKING:
            found.append(_("Give 1 to what comes first, 2 to the next. You may leave some out."))
        case Kind.MATRIX:
            found.append(_("Choose one in each row."))
        case Kind.SCALE:
            found.append(_scale(question))
        case Kind.NUMBER:
            found += _range(question)
        case Kind.FILE:
            most = int(question.maximum or 1)
            found.append(
                ngettext("%(most)d file.", "At most %(most)d files.", most) % {"most": most}
            )
    if question.limit:
        most = question.limit.maximum
        words = question.limit.unit == Unit.WORDS
        told = (
            ngettext("At most %(most)s word.", "At most %(most)s words.", most)
            if words
            else ngettext("At most %(most)s character.", "At most %(most)s characters.", most)
        )
        found.append(told % {"most": written(Decimal(most))})
    return found


def _scale(question: Question) -> str:
    low, high = (
        _("%(number)s (%(meaning)s)") % {"number": written(end), "meaning": label}
        if label
        else written(end)
        for end, label in (
            (question.minimum or Decimal(0), question.minimum_label),
            (question.maximum or Decimal(0), question.maximum_label),
        )
    )
    return _("From %(low)s to %(high)s.") % {"low": low, "high": high}


def _range(question: Question) -> list[str]:
    low, high = question.minimum, question.maximum
    if low is not None and high is not None:
        return [
            _("A number from %(low)s to %(high)s.") % {"low": written(low), "high": written(high)}
        ]
    if low is not None:
        return [_("A number, %(low)s or more.") % {"low": written(low)}]
    if high is not None:
        return [_("A number, at most %(high)s.") % {"high": written(high)}]
    return [_("A number.")]


def written(value: Decimal) -> str:
    """Return a number as it is written in the active language, without zeros that say nothing."""
    plain = value.normalize()
    # 1E+2 is a number to a machine only.
    return number_format(plain.quantize(Decimal(1)) if plain == plain.to_integral() else plain)
