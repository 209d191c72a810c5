"""Who runs the demonstration, as a portal says it to those whom an answer could put at risk."""

from typing import Any

from portal.cms.models import AccessibilityPage, BeforeYouAnswerPage, PrivacyPage
from portal.cms.models.base import BasePage
from portal.management.demo.content import read


def load_operator() -> None:
    """Fill in what `create_site` left empty, with what says that it is invented."""
    for page in BeforeYouAnswerPage.objects.all():
        fill(page, read("before_you_answer.toml", language_of(page))["before_you_answer"])
    for notice in PrivacyPage.objects.all():
        fill(notice, read("notices.toml", language_of(notice))["privacy"])
    for statement in AccessibilityPage.objects.all():
        content = read("notices.toml", language_of(statement))["accessibility"]
        barriers = [("barrier", each) for each in content.pop("barriers")]
        fill(statement, {**content, "barriers": barriers})


def language_of(page: BasePage) -> str:
    return page.locale.language_code


def fill(page: BasePage, fields: dict[str, Any]) -> None:
    """Write these fields of a page and publish it."""
    for name, value in fields.items():
        setattr(page, name, value.strip() if isinstance(value, str) else value)
    page.save_revision().publish(skip_permission_checks=True)
