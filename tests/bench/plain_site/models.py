"""A page as a newcomer to Wagtail writes it."""

from wagtail.fields import RichTextField
from wagtail.models import Page


class PlainPage(Page):
    """A title and a rich text."""

    body = RichTextField(blank=True)

    template = "plain_page.html"
