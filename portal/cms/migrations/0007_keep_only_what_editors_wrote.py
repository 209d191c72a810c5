"""
The portal's own sentences on privacy, moderation and taking part leave the body of these pages.

They stand in templates from now on (`portal.cms.models.standing_text`), so that each update brings
its own. Paragraphs that `create_site` has ever written, known by their fingerprints, are taken out
of what is published and of the newest draft; every other stays as an editor wrote it, with its
heading. The pages on privacy and on accessibility get their own types. Older revisions stay.

Back, the types are undone; the sentences that left do not return (`create_site` wrote them once).
"""

import hashlib
import json
import re
from html import unescape
from pathlib import Path

from django.db import migrations

SHIPPED = Path(__file__).with_name("shipped_paragraphs.txt")
# The last parts of addresses below the home page of a language, and the new type of the page.
PAGES = {
    ("about", "accessibility"): "accessibilitypage",
    ("about", "moderation"): None,
    ("about", "privacy"): "privacypage",
    ("take-part",): None,
    ("take-part", "organisations"): None,
}
PIECE = re.compile(r"<(p|li)\b[^>]*>(.*?)</\1>", re.DOTALL)
EMPTY_LIST = re.compile(r"<(ul|ol)\b[^>]*>\s*</\1>")


def pieces(html):
    """Return the text of each paragraph and point of a list."""
    return [inner for _tag, inner in PIECE.findall(html)]


def fingerprint(html):
    """Return what a paragraph is known by, however an editor's form has spelt it."""
    words = " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def without_shipped(blocks, shipped):
    """Return the blocks of a body less the portal's own paragraphs, and headings left alone."""
    kept = []
    for block in blocks:
        if block["type"] == "paragraph":
            html = PIECE.sub(
                lambda piece: "" if fingerprint(piece[2]) in shipped else piece[0], block["value"]
            )
            html = EMPTY_LIST.sub("", html).strip()
            if html or not block["value"].strip():
                kept.append({**block, "value": html})
        else:
            kept.append(block)
    return [
        block
        for place, block in enumerate(kept)
        if not _is_shipped_heading(block, shipped) or _leads_to_text(kept, place)
    ]


def _is_shipped_heading(block, shipped):
    return block["type"] == "heading" and fingerprint(block["value"]["text"]) in shipped


def _leads_to_text(blocks, place):
    following = blocks[place + 1] if place + 1 < len(blocks) else None
    return following is not None and following["type"] != "heading"


def keep_what_editors_wrote(apps, schema_editor):
    shipped = frozenset(SHIPPED.read_text(encoding="ascii").split())
    for page in _pages(apps):
        page.body = json.dumps(without_shipped(_raw(page.body), shipped))
        page.save(update_fields=["body"])
        _of_revisions(apps, page, shipped)
        if model := PAGES[_below_home(page.url_path)]:
            _retype(apps, page, "standardpage", model)


def back_to_standard_pages(apps, schema_editor):
    for model in filter(None, PAGES.values()):
        for page in apps.get_model("cms", model).objects.all():
            _retype(apps, page, model, "standardpage")


def _pages(apps):
    for page in apps.get_model("cms", "StandardPage").objects.all():
        if _below_home(page.url_path) in PAGES:
            yield page


def _below_home(url_path):
    return tuple(url_path.strip("/").split("/")[1:])


def _raw(body):
    """Return the blocks of a body as they are kept."""
    return [dict(block) for block in body.raw_data]


def _of_revisions(apps, page, shipped):
    """Change the published revision and the newest draft, which editors open next."""
    revisions = apps.get_model("wagtailcore", "Revision").objects
    for revision in revisions.filter(pk__in={page.latest_revision_id, page.live_revision_id}):
        blocks = json.loads(revision.content.get("body") or "[]")
        revision.content["body"] = json.dumps(without_shipped(blocks, shipped))
        revision.save(update_fields=["content"])


def _retype(apps, page, old, new):
    """Make the page one of another type, with its body and summary, its history and its links."""
    types = apps.get_model("contenttypes", "ContentType").objects
    before, _made = types.get_or_create(app_label="cms", model=old)
    after, _made = types.get_or_create(app_label="cms", model=new)
    apps.get_model("wagtailcore", "Page").objects.filter(pk=page.pk).update(content_type=after)
    made = apps.get_model("cms", new)(
        page_ptr_id=page.pk, summary=page.summary, body=json.dumps(_raw(page.body))
    )
    made.save_base(raw=True, force_insert=True)
    apps.get_model("cms", old).objects.filter(pk=page.pk)._raw_delete("default")
    of_page = {"content_type": before, "object_id": str(page.pk)}
    for name in ("Revision", "ReferenceIndex", "WorkflowState"):
        apps.get_model("wagtailcore", name).objects.filter(**of_page).update(content_type=after)
    logged = apps.get_model("wagtailcore", "PageLogEntry").objects
    logged.filter(content_type=before, page_id=page.pk).update(content_type=after)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0006_say_what_the_law_asks"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(keep_what_editors_wrote, back_to_standard_pages)]
