"""Work that waits for each of the staff, and files in the library, as on any working day."""

import io
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from PIL import Image as Picture
from PIL import ImageDraw
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page

from consultations.discussion.actions import appeal_hiding
from consultations.discussion.models import Appeal, Comment
from consultations.moderation.actions import propose_clearance
from knowledge.guides.models import GuidePage
from portal.management.demo.content import day, read
from portal.stakeholders.models import User


def of_demo(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.example")


def load_work(now: datetime) -> None:
    """Load what is in `work.toml`, unless it is there."""
    content = read("work.toml")
    load_library(content)
    for entry in content["guide"]:
        load_revision(entry, now)
    load_appeal(content["appeal"], now)
    analyst = of_demo("analyst")
    if not analyst.clearances.exists():
        propose_clearance(person=analyst, by=of_demo("admin"))


def load_library(content: dict) -> None:
    """Add a document and a picture that editors can choose."""
    for entry in content["document"]:
        if not Document.objects.filter(title=entry["title"]).exists():
            file = ContentFile(entry["text"].encode(), name=entry["name"])
            Document.objects.create(title=entry["title"], file=file)
    for entry in content["picture"]:
        if not Image.objects.filter(title=entry["title"]).exists():
            file = ContentFile(drawn(entry["steps"]), name=entry["name"])
            Image.objects.create(title=entry["title"], description=entry["description"], file=file)


def drawn(steps: list[str]) -> bytes:
    """Return a picture of steps that follow each other, as PNG."""
    picture = Picture.new("RGB", (1200, 320), "#fbfaf7")
    draw = ImageDraw.Draw(picture)
    width = 1200 // len(steps)
    for number, step in enumerate(steps):
        left = number * width + 30
        draw.rectangle([left, 90, left + width - 60, 230], outline="#14213d", width=4)
        draw.text((left + 20, 145), step, fill="#14213d", font_size=26)
        if number:
            draw.line([left - 60, 160, left, 160], fill="#14213d", width=4)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def load_revision(entry: dict, now: datetime) -> None:
    """Change a published guide in a draft of the editor's, and send it as far as the entry says."""
    page = GuidePage.objects.filter(slug=entry["slug"]).first()
    editor = of_demo("editor")
    if page is None or page.has_unpublished_changes:
        return
    page.summary = entry["summary"]
    if "review_due" in entry:
        page.reviewed_on, page.review_due = day(now, 0), day(now, entry["review_due"])
    page.save_revision(user=editor)
    if entry["stands"] == "draft":
        return
    page = Page.objects.get(pk=page.pk).specific
    page.get_workflow().start(page, editor)
    if entry["stands"] == "sent back":
        state = page.current_workflow_task_state
        state.reject(user=of_demo("approver"), comment=entry["comment"])


def load_appeal(entry: dict, now: datetime) -> None:
    """Let the author of the comment that was hidden appeal, so that a second moderator decides."""
    hidden = Comment.objects.filter(author__email=entry["author"], hidden_at__isnull=False).first()
    act = hidden and hidden.moderation_acts.first()
    if hidden and hidden.author and hidden.hidden_at and act and not Appeal.objects.exists():
        at = max(hidden.hidden_at, now - timedelta(days=1))
        appeal_hiding(author=hidden.author, act=act, text=entry["text"], at=at)
