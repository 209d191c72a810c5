"""Builds learning paths, and works through them as readers do."""

import json
import re

from bs4 import BeautifulSoup
from django.utils import timezone
from wagtail.models import Locale

from knowledge.guides.versions.actions import keep_version
from knowledge.learning.models import LearningPage, PathPage
from tests.knowledge.factories import GuidePageFactory
from tests.pages import add_published

RIGHT, WRONG = "1", "0"


def question(text="Who decides?"):
    return {
        "text": text,
        "options": [
            {
                "text": "The exporter",
                "is_right": False,
                "reason": "It applies and does not decide.",
            },
            {"text": "The authority", "is_right": True, "reason": "The law says so."},
        ],
    }


def module(guide, questions=2, **fields):
    value = {
        "guide": guide.pk,
        "minutes": 60,
        "why": "It comes first.",
        "exercise": "Do the exercise.",
        "questions": [question(f"Question {number}?") for number in range(1, questions + 1)],
        **fields,
    }
    return {"type": "module", "value": value}


def path_of(*guides, slug="first", title="First path", **fields):
    """A published path of these guides, each with two questions of which the second is right."""
    made = {
        "summary": "What this path teaches.",
        "audiences": ["customs"],
        "level": "0",
        **fields,
    }
    parent = LearningPage.objects.get(locale=Locale.get_default())
    modules = json.dumps([module(guide) for guide in guides])
    return add_published(parent, PathPage(slug=slug, title=title, modules=modules, **made))


def guide_with_version(**fields):
    guide = GuidePageFactory(**fields)
    keep_version(guide, timezone.now())
    return guide


def answers(*values, **more):
    chosen = {f"question-{number}": value for number, value in enumerate(values, 1)}
    return {**chosen, "sent": "yes", **more}


def carried(response):
    """What the page's forms carry along of how far somebody has come."""
    soup = BeautifulSoup(response.content, "html.parser")
    found = [each["value"] for each in soup.select("main input[name=carried]")]
    assert len(set(found)) <= 1, "all forms of a page carry the same"
    return found[0] if found else ""


def work_through(client, path, *, until=None, language="en"):
    """Answer each module's quiz and return what is carried in the end."""
    state = ""
    for each in path.modules_shown[:until]:
        at = f"/{language}/learning/{path.slug}/modules/{each.guide.slug}/"
        right = answers(*[RIGHT] * len(each.questions), carried=state)
        response = client.post(at, right)
        assert response.status_code == 200, response.content.decode()
        state = carried(response)
    return state


def words(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return re.sub(r"[ \n\t]+", " ", soup.select_one("main").get_text(" "))
