"""What somebody at risk reads before answering, and who it is that they would trust."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from portal.cms.blocks.help_lines import HelpLineBlock
from portal.cms.models.base import SEARCH_ENGINE_PANEL, TwoPersonPage
from portal.cms.models.consent import BEFORE_YOU_ANSWER
from portal.cms.models.permissions import LastingTwoPersonPermissionTester
from portal.cms.models.required import RequiredPage
from portal.stakeholders.models import Person

# What only those who run a portal can say of it.
ABOUT_US = ("operator", "law", "compulsion")


class BeforeYouAnswerPage(RequiredPage, TwoPersonPage):
    """
    Advice for people at risk, which the template holds and translators translate.

    Editors keep what differs from one portal to the next and from one year to the next: the help
    lines, and who runs the portal, under which law, and who can compel them. Without these no
    consultation opens (`is_complete`). A second person approves each change, since a false help
    line leads people to who looks for them; nobody deletes the page or takes it down.
    """

    fixed_slug: ClassVar = "before-you-answer"
    needed_to_publish: ClassVar = (*ABOUT_US, "help_lines")
    is_confidential: ClassVar = True  # who reads this is about to answer (`portal.confidential`)
    is_creatable: ClassVar = False  # `create_site` makes it, one in each language

    operator = models.TextField(
        _("who runs this portal"),
        max_length=1500,
        blank=True,
        help_text=_("Who decides about it, who has the machines, and where the machines are."),
    )
    law = models.TextField(
        _("under which law"),
        max_length=1500,
        blank=True,
        help_text=_("The countries whose law binds them, and what it says about such data."),
    )
    compulsion = models.TextField(
        _("who can compel it"),
        max_length=1500,
        blank=True,
        help_text=_("Which courts and authorities can order that something is handed out."),
    )
    help_lines = StreamField(
        [("help_line", HelpLineBlock())], verbose_name=_("help lines"), blank=True
    )

    template = "cms/before_you_answer_page.html"
    page_description = _("Advice for people at risk: who runs this portal, and whom to ask.")
    max_count_per_parent = 1
    parent_page_types: ClassVar = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    private_page_options: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel(name) for name in ABOUT_US], _("This portal")),
        FieldPanel("help_lines"),
    ]
    promote_panels: ClassVar = [SEARCH_ENGINE_PANEL]
    search_fields: ClassVar = [*TwoPersonPage.search_fields, index.SearchField("help_lines")]

    class Meta:
        verbose_name = _("“Before you answer”")
        verbose_name_plural = _("“Before you answer”")

    def permissions_for_user(self, user: Person) -> LastingTwoPersonPermissionTester:
        return LastingTwoPersonPermissionTester(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["reviewed_as"] = BEFORE_YOU_ANSWER
        context["about_us"] = [
            {"name": name, "paragraphs": getattr(self, name).split("\n")}
            for name in ABOUT_US
            if getattr(self, name).strip()
        ]
        return context
