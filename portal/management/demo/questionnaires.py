"""The questionnaires of the three consultations, as the page field keeps them."""

import json
import uuid
from typing import Any

from wagtail.blocks.stream_block import StreamValue

from consultations.calls.models import ConsultationPage
from portal.management.demo.content import read

# Makes a question's id from its consultation and key, so that the responses find it again.
NAMESPACE = uuid.UUID("b1a7f0de-6a54-4d0c-9a8e-0f6b0d0f4b52")


def question_id(consultation: str, key: str) -> str:
    """Return the id of the question that the content files call `key`."""
    return str(uuid.uuid5(NAMESPACE, f"{consultation}/{key}"))


def questionnaire_of(consultation: str) -> StreamValue:
    """Return what `ConsultationPage.questionnaire_parts` holds for a consultation, by its slug."""
    asked = next(
        entry
        for entry in read("questionnaires.toml")["questionnaire"]
        if entry["consultation"] == consultation
    )
    words = _words(asked)
    sections = [
        {
            "type": "section",
            "id": question_id(consultation, f"section {place}"),
            "value": {
                "title": section["title"],
                "introduction": _paragraph(section.get("introduction", "")),
                "condition": {"question": "", "answers": ""},
                "questions": [
                    _question(consultation, entry, words) for entry in section["question"]
                ],
            },
        }
        for place, section in enumerate(asked["section"])
    ]
    field: Any = ConsultationPage._meta.get_field("questionnaire_parts")
    return field.to_python(json.dumps(sections))


def _words(asked: dict[str, Any]) -> dict[str, str]:
    """Return the words of each question by its key."""
    questions = [entry for section in asked["section"] for entry in section["question"]]
    return {entry["key"]: entry["text"] for entry in questions}


def _question(consultation: str, entry: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    value = {
        "text": entry["text"],
        "help": entry.get("help", ""),
        "required": entry.get("required", False),
        "condition": _condition(consultation, entry.get("when"), words),
    }
    for name in ("options", "rows"):
        if name in entry:
            value[name] = [
                {"type": "item", "id": key, "value": label}
                for key, label in (each.split(": ", 1) for each in entry[name])
            ]
    for name, field in (
        ("other", "allow_other"),
        ("limit", "limit"),
        ("unit", "unit"),
        ("minimum", "minimum"),
        ("maximum", "maximum"),
        ("minimum_label", "minimum_label"),
        ("maximum_label", "maximum_label"),
    ):
        if name in entry:
            value[field] = entry[name]
    if "limit" in entry:
        value.setdefault("unit", "words")
    return {
        "type": entry["kind"].replace("-", "_"),
        "id": question_id(consultation, entry["key"]),
        "value": value,
    }


def _condition(
    consultation: str, when: dict[str, Any] | None, words: dict[str, str]
) -> dict[str, str]:
    if when is None:
        return {"question": "", "answers": ""}
    key = when["question"]
    return {
        "question": question_id(consultation, key),
        "answers": "\n".join(when["options"]),
        "asked": words[key],
    }


def _paragraph(text: str) -> str:
    return f"<p>{text}</p>" if text else ""
