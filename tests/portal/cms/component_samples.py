"""Sample arguments for every macro in `templates/components/`, rendered by `test_components.py`.

A component's file name is its key. Texts that come from people carry `HOSTILE`, which must never
reach the page unescaped.
"""

from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from markupsafe import Markup

from consultations.calls.timeline import Line, Mark
from consultations.questionnaires.parts import Part, Questionnaire
from consultations.questionnaires.schema import Condition, Limit, Option
from consultations.questionnaires.types import Question, type_of
from consultations.responses.forms.part import PartForm
from portal.cms.shelves import DotMap
from portal.proofreading.notices import ReviewNotice
from portal.web.waiting import Waiting

HOSTILE = '<script>alert("x")</script> & \' " café'
ZONE = "Europe/Brussels"
OPENING = datetime(2026, 10, 1, 9, 0, tzinfo=ZoneInfo(ZONE))
CLOSING = datetime(2026, 11, 24, 23, 59, tzinfo=ZoneInfo(ZONE))


class SampleForm(forms.Form):
    """A form with every kind of control that `field` draws."""

    name = forms.CharField(
        label="Name & title",
        max_length=20,
        help_text="As in <your> passport",
        widget=forms.TextInput(attrs={"autocomplete": "name", "style": "color: red"}),
    )
    email = forms.EmailField(required=False)
    body = forms.CharField(widget=forms.Textarea, max_length=200, help_text="Plain text")
    note = forms.CharField(widget=forms.Textarea, required=False)
    country = forms.ChoiceField(choices=[("", "Choose"), ("be", "Belgium"), ("dk", "Denmark")])
    language = forms.ChoiceField(
        choices=[("", "Choose"), ("First", [("en", HOSTILE)]), ("Others", [("am", "Amharic")])],
        help_text="What you write in",
    )
    group = forms.ChoiceField(
        choices=[("industry", "Industry"), ("academia", HOSTILE)], widget=forms.RadioSelect
    )
    stages = forms.MultipleChoiceField(
        choices=[("a", "Before export"), ("b", "Licensing")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agree = forms.BooleanField(label="I agree", help_text="To the moderation policy")
    digest = forms.BooleanField(required=False)
    attachment = forms.FileField(required=False)
    password = forms.CharField(widget=forms.PasswordInput)
    on = forms.DateField(required=False)
    at = forms.SplitDateTimeField(required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


TYPED: dict[str, Any] = {
    "name": HOSTILE,
    "email": "nobody",
    "body": "\n\nFirst line\n   indented <b>second</b>",
    "country": "dk",
    "group": "academia",
    "stages": ["b"],
    "password": "secret",
    "on": "soon",
    "token": "t",
}


def typed_form() -> SampleForm:
    """The form as it comes back with errors, holding what was typed."""
    return SampleForm(TYPED)


def option(value: str, label: str, count: int, selected: bool = False) -> SimpleNamespace:
    return SimpleNamespace(value=value, label=label, count=count, selected=selected)


OPTIONS = (Option("a", HOSTILE), Option("b", "Case studies"), Option("c", "Training"))


def question_of(kind: str, **values: Any) -> Question:
    """A question of any kind, with everything that its kind knows."""
    given: dict[str, Any] = {"text": HOSTILE, "help": HOSTILE}
    if kind in ("one-choice", "many-choices"):
        given |= {"options": OPTIONS, "allow_other": True}
    elif kind in ("ranking", "matrix"):
        given |= {"options": OPTIONS}
    elif kind in ("scale", "number"):
        given |= {"minimum": Decimal(1), "maximum": Decimal(5)}
    if kind == "matrix":
        given |= {"rows": (Option("r", "Licensing"), Option("s", HOSTILE))}
    elif kind == "scale":
        given |= {"minimum_label": HOSTILE, "maximum_label": "Very clear"}
    elif kind in ("short-text", "long-text"):
        given |= {"limit": Limit(5)}
    return type_of(kind)(kind, kind.replace("-", ""), **given | values)


def part_form(*questions: Question, data: Any = None, **arguments: Any) -> PartForm:
    """The form of a part that asks these questions."""
    part = Part("part", 1, "About you", questions=questions)
    arguments = {"answers": {}, "allow_confidential": True} | arguments
    return PartForm(Questionnaire((part,)), part, data=data, **arguments)


def conditional_form() -> PartForm:
    """A choice, and a text that depends on it, with an error."""
    condition = Condition("one-choice", frozenset(["a", "other"]))
    return part_form(
        question_of("one-choice"),
        question_of("long-text", condition=condition),
        data={"q-one-choice": "a", "q-long-text": f"far too many words {HOSTILE}"},
    )


def samples() -> dict[str, dict[str, Any]]:
    """Component name → the keyword arguments of its macro."""
    return {
        "attached_files": {
            "id": "id_q-1",
            "name": "q-1-remove",
            "files": [("7f", "Attachment 1 (PDF, 120 KB)", [HOSTILE]), ("8f", HOSTILE, [])],
        },
        "autosave": {},
        "breadcrumbs": {"items": [{"text": HOSTILE, "href": "/en/"}, {"text": "Guides"}]},
        "chips": {
            "chips": [{"group": "Stage", "label": HOSTILE, "href": "?a=1&b=2"}],
            "clear_href": "/en/guides/",
        },
        "choose": {
            "action": "/en/learning/",
            "selects": [
                {
                    "name": "level",
                    "label": HOSTILE,
                    "options": [("", "Any", True), (HOSTILE, HOSTILE, False)],
                }
            ],
            "label": HOSTILE,
            "button": {"text": "Show"},
            "kept": [("audience", HOSTILE)],
        },
        "cite": {
            "heading": HOSTILE,
            "parts": [HOSTILE, "", "24 November 2026"],
            "address": "https://portal.example/en/",
        },
        "code": {"value": "7QK4-9XWT-2MHB-V6ZD-3RPC", "label": HOSTILE},
        "counted": {
            "params": {"id": "id_x", "name": "x", "label": {"text": HOSTILE}, "value": HOSTILE},
            "limit": 40,
            "unit": "words",
            "single_line": True,
        },
        "deadline": {"moment": CLOSING, "zone": ZONE},
        "dial": {"until": CLOSING, "since": OPENING},
        "dots": {"world": DotMap("M0.5 0.5h2.1", "M3.15 0.5h0.7", 4, 1), "label": HOSTILE},
        "download": {
            "title": HOSTILE,
            "href": "/a.pdf",
            "kind": "PDF",
            "size": 1_234_567,
            "language": "ar",
            "accessible": True,
        },
        "empty": {"title": HOSTILE, "text": HOSTILE},
        "error_summary": {"forms": typed_form()},
        "exit_page": {},
        "facets": {
            "groups": [
                SimpleNamespace(name="stage", label="Stage", options=[option("a", HOSTILE, 3)]),
                SimpleNamespace(name="level", label="Level", options=[option("b", "B", 1, True)]),
                SimpleNamespace(name="empty", label="Nothing", options=[]),
            ],
            "action": "/en/guides/",
            "keep": {"q": HOSTILE, "language": ["en", "fr"], "page": ""},
        },
        "facts": {
            "rows": [
                {"key": "Owner", "value": HOSTILE},
                {"key": "Licence", "value": Markup("<em>CC BY</em>")},
                {"key": "Nothing", "value": ""},
            ]
        },
        "field": {"bound_field": typed_form()["name"]},
        "group_mark": {"group": "civil_society"},
        "hit": {
            "hit": SimpleNamespace(
                kind="guide",
                kind_label="Guide",
                title=Markup("an <mark>exact</mark> match"),
                summary=Markup("with its <mark>words</mark>"),
                url="/en/guides/x/",
                language="ar",
                group="industry",
                date=OPENING,
            ),
            "is_foreign": True,
            "state": HOSTILE,
        },
        "level": {"key": "2", "words": HOSTILE},
        "matrix": {
            "id": "id_q-1",
            "name": "q-1",
            "rows": (Option("r", "Licensing"), Option("s", HOSTILE)),
            "columns": OPTIONS,
            "chosen": {"s": "b"},
            "allow_none": True,
        },
        "messages_list": {
            "messages": [
                SimpleNamespace(message=HOSTILE, level_tag="success"),
                SimpleNamespace(message="It failed.", level_tag="error"),
                SimpleNamespace(message="By the way.", level_tag="debug"),
            ]
        },
        "notice": {"text": HOSTILE, "title": HOSTILE, "tone": "warning"},
        "official_mark": {},
        "translation_notice": {"found": ReviewNotice(HOSTILE, "/en/about/privacy/", "en")},
        "verified_mark": {"name": HOSTILE},
        "original_language": {"language": "fr", "reader": "en"},
        "order": {
            "sorts": [
                {"text": HOSTILE, "href": "?sort=title", "current": False},
                {"text": "Newest first", "href": "?", "current": True},
            ]
        },
        "pager": {"previous_href": "?a=1&p=1", "next_href": "?p=3", "position": "Page 2 of 3"},
        "pictogram": {"name": "onion", "text": HOSTILE},
        "promoted": {
            "entries": [
                SimpleNamespace(title=HOSTILE, url="/en/a/", description=HOSTILE, language="fr"),
                SimpleNamespace(title="B", url="https://b.example/", description="", language=""),
            ]
        },
        "prose": {"html": HOSTILE},
        "question": {
            "form": (form := conditional_form()),
            "question": form.questions[1],
        },
        "ranking": {
            "id": "id_q-1",
            "name": "q-1",
            "options": OPTIONS,
            "places": {"b": "1"},
        },
        "search_box": {
            "action": "/en/search/",
            "id": "q",
            "label": HOSTILE,
            "value": HOSTILE,
            "keep": [("state", HOSTILE)],
        },
        "section_nav": {
            "items": [
                {"text": HOSTILE, "href": "/a/", "current": True, "count": 0},
                {"text": "Documents", "href": "/b/", "current": False, "count": None},
            ]
        },
        "boxes": {"done": 3, "count": 5},
        "task_list": {
            "tasks": [
                {"text": HOSTILE, "href": "/a/", "hint": HOSTILE, "status": "Done", "tone": "done"},
                {"text": "Send", "href": None, "status": HOSTILE, "tone": "wait"},
            ]
        },
        "teaser": {
            "title": HOSTILE,
            "href": "/en/guides/x/",
            "kind": "Guide",
            "summary": Markup("an <mark>exact</mark> match"),
            "meta": [HOSTILE, "", Markup("<em>ok</em>")],
            "language": "ar",
        },
        "text_of_file": {"href": "/en/a?b=1&c=2", "description": HOSTILE},
        "timeline": {
            "line": Line(
                [
                    Mark(HOSTILE, OPENING, ZONE, "past", False, 0),
                    Mark("Open", OPENING, ZONE, "current", False, 20),
                    Mark("Closes", CLOSING, ZONE, "future", True, 60),
                ],
                past="M100 18V28",
                left="M500 14V28",
                after="",
                today="M300 2V36",
                end="M600 6V34",
            )
        },
        "waiting": {
            "csrf_input": "",
            "waiting": Waiting(
                action="/en/a?b=1&c=2",
                ticket=HOSTILE,
                why=HOSTILE,
                for_how_long="40 seconds",
                kept=[("text", HOSTILE), (HOSTILE, "x")],
                secrets=[("password", HOSTILE, "password")],
                files=["file"],
            ),
        },
    }
