"""Each question of the plain list becomes a long text of one section; pages get their dockets."""

import json
import uuid
from zoneinfo import ZoneInfo

from django.db import migrations
from django.utils.html import strip_tags
from html import unescape


def move(apps, schema_editor):
    ConsultationPage = apps.get_model("calls", "ConsultationPage")
    DocketYear = apps.get_model("calls", "DocketYear")
    last = {}
    for page in ConsultationPage.objects.order_by("opens_at", "pk"):
        year = page.opens_at.astimezone(ZoneInfo(page.timezone)).year
        last[year] = last.get(year, 0) + 1
        page.docket = f"ECHRI-{year}-{last[year]:02d}"
        section = section_of(page.questions.raw_data) if page.questions else None
        page.questionnaire_parts = json.dumps([section] if section else [])
        page.asks_questions = bool(section)
        page.save(update_fields=["docket", "questionnaire_parts", "asks_questions"])
        move_in_revisions(apps, page.pk, page.docket, section)
    for year, number in last.items():
        DocketYear.objects.create(year=year, last=number)


def move_in_revisions(apps, pk, docket, published):
    """A draft keeps what it asks; a section and its questions have the same ids in every draft."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Revision = apps.get_model("wagtailcore", "Revision")
    kind = ContentType.objects.filter(app_label="calls", model="consultationpage").first()
    if kind is None:
        return
    section_id = published["id"] if published else str(uuid.uuid4())
    for revision in Revision.objects.filter(content_type=kind, object_id=str(pk)):
        content = revision.content
        asked = json.loads(content.pop("questions", None) or "[]")
        section = section_of(asked, section_id)
        content["questionnaire_parts"] = json.dumps([section] if section else [])
        content["docket"] = docket
        revision.content = content
        revision.save(update_fields=["content"])


def section_of(asked, section_id=None):
    """A section of long texts, with the ids that the questions had; None where none was asked."""
    if not asked:
        return None
    return {
        "type": "section",
        "id": section_id or str(uuid.uuid4()),
        "value": {
            "title": "Questions",
            "introduction": "",
            "condition": {"question": "", "answers": ""},
            "questions": [
                {
                    "type": "long_text",
                    "id": child.get("id") or str(uuid.uuid4()),
                    "value": {
                        "text": child["value"]["title"],
                        "help": plain(child["value"].get("text") or ""),
                        "required": False,
                        "limit": None,
                        "unit": "words",
                        "condition": {"question": "", "answers": ""},
                    },
                }
                for child in asked
            ],
        },
    }


def plain(rich):
    """The words of rich text, a paragraph a line."""
    lines = rich.replace("</p>", "\n").replace("</li>", "\n").replace("<br/>", "\n")
    return "\n".join(" ".join(line.split()) for line in unescape(strip_tags(lines)).split("\n")).strip()


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0002_questionnaire_and_dockets"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
