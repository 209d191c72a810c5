"""Who runs the demonstration, as a portal says it to those whom an answer could put at risk."""

from portal.cms.models import BeforeYouAnswerPage
from portal.management.demo.content import read


def load_operator() -> None:
    """Fill in what `create_site` left empty, with what says that it is invented."""
    page = BeforeYouAnswerPage.objects.get()
    for name, text in read("before_you_answer.toml")["before_you_answer"].items():
        setattr(page, name, text.strip())
    page.save_revision().publish()
