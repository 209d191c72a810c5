"""Where words stand on the page of a consultation, for who translates them."""

from typing import Any

from django.utils.translation import gettext as _

from consultations.calls.texts.listing import CORRIGENDA, EXTENSIONS, FIELDS, STREAMS
from consultations.calls.texts.units import QUESTIONS
from consultations.questionnaires.paper import letter
from consultations.questionnaires.parts import Questionnaire
from portal.cms.texts.segments import Segment
from portal.text import clean_line


def places(page: Any, segments: list[Segment]) -> dict[str, str]:
    """Return by key what each segment is, in a few words of the active language."""
    names = _in_questionnaire(page.questionnaire())
    for name in (*FIELDS, *STREAMS):
        label = clean_line(str(page._meta.get_field(name).verbose_name))
        names[name] = label[:1].upper() + label[1:]
    numbers: dict[str, int] = {}
    for segment in segments:
        if segment.area in (EXTENSIONS, CORRIGENDA):
            names[segment.key] = _("Reason of a decision")
        elif segment.area in STREAMS:
            numbers[segment.area] = numbers.get(segment.area, 0) + 1
            names[segment.key] = _("%(field)s, text %(number)d") % {
                "field": names[segment.area],
                "number": numbers[segment.area],
            }
    return {each.key: names.get(each.key, _("Question")) for each in segments}


def _in_questionnaire(questionnaire: Questionnaire) -> dict[str, str]:
    names = {}
    for part in questionnaire.parts:
        key, words = f"{QUESTIONS}.{part.id}", {"number": str(part.number)}
        names[f"{key}.title"] = _("Section %(number)s: title") % words
        names[f"{key}.introduction"] = _("Section %(number)s: introduction") % words
    for question in questionnaire.questions:
        key, words = f"{QUESTIONS}.{question.id}", {"number": question.number}
        names[f"{key}.text"] = _("Question %(number)s") % words
        names[f"{key}.help"] = _("Question %(number)s: help") % words
        names[f"{key}.minimum_label"] = _("Question %(number)s: the lowest") % words
        names[f"{key}.maximum_label"] = _("Question %(number)s: the highest") % words
        for at, option in enumerate(question.options):
            name = _("Question %(number)s: option %(letter)s")
            names[f"{key}.options.{option.key}"] = name % {**words, "letter": letter(at)}
        for row, option in enumerate(question.rows, 1):
            name = _("Question %(number)s: row %(row)d")
            names[f"{key}.rows.{option.key}"] = name % {**words, "row": row}
    return names
