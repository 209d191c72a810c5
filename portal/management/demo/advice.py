"""Who runs the demonstration, as a portal says it to those whom an answer could put at risk."""

from typing import Any

from portal.cms.models import AccessibilityPage, BeforeYouAnswerPage, PrivacyPage
from portal.cms.models.base import BasePage
from portal.management.demo.content import read


def load_operator() -> None:
    """Fill in what `create_site` left empty, with what says that it is invented."""
    fill(BeforeYouAnswerPage.objects.get(), read("before_you_answer.toml")["before_you_answer"])
    notices = read("notices.toml")
    fill(PrivacyPage.objects.get(), notices["privacy"])
    barriers = [("barrier", each) for each in notices["accessibility"].pop("barriers")]
    fill(AccessibilityPage.objects.get(), {**notices["accessibility"], "barriers": barriers})


def fill(page: BasePage, fields: dict[str, Any]) -> None:
    """Write these fields of a page and publish it."""
    for name, value in fields.items():
        setattr(page, name, value.strip() if isinstance(value, str) else value)
    page.save_revision().publish()
