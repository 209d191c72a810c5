"""The field in which an editor chooses the question that another one depends on."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from consultations.questionnaires.types import TYPES


class EarlierQuestionInput(forms.TextInput):
    """
    A text field that a script makes a list of the questions that stand before, with their answers.

    The script reads the page, so questions that are not saved yet are in the list too. Without the
    script words or a number can be typed.
    """

    class Media:
        js = ("questionnaires/conditions.js",)
        css = {"all": ("questionnaires/conditions.css",)}

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Tell the script what a condition may rest on, and its words in the reader's language."""
        attrs = super().build_attrs(*args, **kwargs)
        return attrs | {
            "data-controller": "earlier-question",
            "data-kinds": json.dumps(_kinds()),
            "data-words": json.dumps(_words()),
        }


def _kinds() -> dict[str, list[list[str]]]:
    """
    Return, by the name of their block, the kinds that a condition may rest on.

    Each has the answers that do not stand among its options, as keys and words.
    """
    kinds = {}
    for kind in TYPES.values():
        question = kind.example(allow_other=True)
        if offered := question.condition_options():
            own = {option.key for option in question.options}
            kinds[kind.kind.replace("-", "_")] = [
                [option.key, str(option.label)] for option in offered if option.key not in own
            ]
    return kinds


def _words() -> dict[str, str]:
    """Return what the script says; "{…}" is replaced there."""
    return {
        "everybody": _("Everybody is asked"),
        "gone": _("{question} (not before this any more)"),
        "other": _("Other"),
        # Translators: answers is a list in quotation marks: “Yes” or “No”.
        "shown": _("Shown when “{question}” is {answers}."),
        "quoted": _("“{answer}”"),
        "none": _("Choose at least one answer."),
        "answers": _("Answered with"),
    }
