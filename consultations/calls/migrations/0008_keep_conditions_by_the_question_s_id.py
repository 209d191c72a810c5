"""Conditions were kept by a question's number; now by its id, beside its words."""

import json
import re
import uuid

from django.db import migrations


def to_ids(apps, schema_editor):
    rewrite(apps, by_id)


def to_numbers(apps, schema_editor):
    rewrite(apps, by_number)


def rewrite(apps, change):
    """Change the conditions of every page, and of every revision, whose numbers are its own."""
    ConsultationPage = apps.get_model("calls", "ConsultationPage")
    ContentType = apps.get_model("contenttypes", "ContentType")
    Revision = apps.get_model("wagtailcore", "Revision")
    for page in ConsultationPage.objects.exclude(questionnaire_parts="").iterator():
        sections = [*page.questionnaire_parts.raw_data]
        if change(sections):
            page.questionnaire_parts = json.dumps(sections)
            page.save(update_fields=["questionnaire_parts"])
    kind = ContentType.objects.filter(app_label="calls", model="consultationpage").first()
    if kind is None:
        return
    for revision in Revision.objects.filter(content_type=kind).iterator():
        sections = json.loads(revision.content.get("questionnaire_parts") or "[]")
        if change(sections):
            revision.content["questionnaire_parts"] = json.dumps(sections)
            revision.save(update_fields=["content"])


def by_id(sections):
    """Name each question that a number meant by its id; say whether anything changed."""
    changed = False
    asked = []  # so far: a condition rests on what comes before
    for block in blocks_of(sections):
        condition = block["value"].get("condition") or {}
        number = re.search(r"\d+", condition.get("question") or "")
        if number and 0 < int(number[0]) <= len(asked):
            meant = asked[int(number[0]) - 1]
            if not meant.get("id"):
                meant["id"] = str(uuid.uuid4())
            condition |= {"question": meant["id"], "asked": meant["value"].get("text") or ""}
            changed = True
        if block["type"] != "section":
            asked.append(block)
    return changed


def by_number(sections):
    """Undo `by_id`."""
    changed = False
    asked = [block.get("id") for block in blocks_of(sections) if block["type"] != "section"]
    for block in blocks_of(sections):
        condition = block["value"].get("condition") or {}
        if condition.pop("asked", None) is not None:
            changed = True
            if condition.get("question") in asked:
                condition["question"] = str(asked.index(condition["question"]) + 1)
    return changed


def blocks_of(sections):
    for section in sections:
        yield section
        yield from section["value"].get("questions") or ()


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0007_conditions_choose_a_question"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(to_ids, to_numbers)]
