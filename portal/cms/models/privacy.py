"""What becomes of people's data here: what the law asks of whoever runs the portal."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.models import Page

from portal.cms.models.base import SEARCH_ENGINE_PANEL
from portal.cms.models.permissions import LastingPagePermissionTester
from portal.cms.models.required import RequiredPage
from portal.cms.models.standing import TextPage
from portal.stakeholders.models import Person

WHO = ("controller", "contact_email", "officer")
BASES = ("basis_responses", "basis_opinions", "basis_discussions", "basis_news", "basis_safety")
OTHERS = ("recipients", "transfers")
YEARS = ("years_published", "years_unpublished", "years_comments", "years_letters")
DAYS = ("days_backups", "days_logs")
AUTHORITY = ("authority", "authority_url")
# Archives keep longer, and say so under what happens afterwards.
MOST_YEARS, MOST_DAYS = 200, 730


def _text(label: Any, help_text: Any) -> Any:
    return models.TextField(label, max_length=1500, blank=True, help_text=help_text)


def _number(label: Any, most: int, help_text: Any = "") -> Any:
    limits = [MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=limits, help_text=help_text
    )


class PrivacyPage(RequiredPage, TextPage):
    """
    The notice on privacy: everything that Article 13 of the EU's GDPR asks, and the UK's.

    What the portal itself does stands in a template, and tests hold it. Here stands what differs
    from one portal to the next. Without it no consultation opens (`portal.cms.models.required`).
    """

    fixed_slug: ClassVar = "privacy"
    page_description = _("Says who keeps which data, why and for how long.")
    standing: ClassVar = "privacy"
    is_creatable: ClassVar = False  # `create_site` makes it, one in each language
    needed_to_publish: ClassVar = (*WHO, *BASES, *OTHERS, *YEARS, "afterwards", *DAYS, *AUTHORITY)

    controller = _text(
        _("who is responsible (controller)"),
        _("The name and postal address of the body that decides what data are used for."),
    )
    contact_email = models.EmailField(
        _("e-mail address for questions about privacy"),
        blank=True,
        help_text=_("Somebody reads it, and answers within a month."),
    )
    officer = _text(
        _("data protection officer"),
        _("Name or office, and how to reach them. If there is none, who answers for them."),
    )
    basis_responses = _text(
        _("legal basis for responses"),
        _(
            "For asking, reading, publishing and keeping responses: the article of the law, and "
            "the task that it gives you."
        ),
    )
    basis_opinions = _text(
        _("legal basis for opinions, beliefs and the like"),
        _("Responses and comments can tell them. Name the exception that the law has for this."),
    )
    basis_discussions = _text(
        _("legal basis for accounts and comments"),
        _("For accounts, and what people say with them."),
    )
    basis_news = _text(
        _("legal basis for news by e-mail"), _("For addresses of those who asked for news.")
    )
    basis_safety = _text(
        _("legal basis for safety"),
        _("For the log of staff, limits against misuse, the record and backups."),
    )
    recipients = _text(
        _("who receives data"),
        _("One a line: the bodies that consult, the host, the mail provider, an archive."),
    )
    transfers = _text(
        _("transfers to other countries"),
        _("To which countries, and what protects the data there. If there are none, say so."),
    )
    years_published = _number(
        _("years: published responses"), MOST_YEARS, _("After the outcome is published.")
    )
    years_unpublished = _number(
        _("years: unpublished responses"),
        MOST_YEARS,
        _("With answers for officials only, files, and what staff decided. After the outcome."),
    )
    years_comments = _number(
        _("years: comments"), MOST_YEARS, _("That their authors do not remove. After the outcome.")
    )
    years_letters = _number(
        _("years: letters and e-mails to you"), MOST_YEARS, _("Responses on paper among them.")
    )
    afterwards = _text(
        _("what happens when the years are over"),
        _("What is erased, what goes to which archive, and which law says so."),
    )
    days_backups = _number(
        _("days: backups"), MOST_DAYS, _("Until a backup is destroyed. 30 days are plenty.")
    )
    days_logs = _number(
        _("days: logs of your host and mail server"),
        MOST_DAYS,
        _("They can hold network addresses, and the second of each mail. 0 if there are none."),
    )
    authority = _text(
        _("authority to complain to"), _("The name and address of the data protection authority.")
    )
    authority_url = models.URLField(
        _("address on the web of that authority"),
        blank=True,
        help_text=_("The page that says how to complain, not a front page."),
    )

    template = "cms/standard_page.html"
    max_count_per_parent = 1
    parent_page_types: ClassVar = ["cms.StandardPage"]
    subpage_types: ClassVar[list[str]] = []
    private_page_options: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("summary"),
        HelpPanel(
            _(
                "The page also says what the portal itself does: what it keeps, for how long, and "
                "how people use their rights. Those sentences come with the portal and change with "
                "it. Look at the preview."
            ),
            heading=_("What stands on the page already"),
        ),
        MultiFieldPanel([FieldPanel(name) for name in WHO], _("Who is responsible")),
        MultiFieldPanel([FieldPanel(name) for name in BASES], _("Why the law allows it")),
        MultiFieldPanel([FieldPanel(name) for name in OTHERS], _("Who receives data")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel(name) for name in YEARS]),
                FieldPanel("afterwards"),
                FieldRowPanel([FieldPanel(name) for name in DAYS]),
            ],
            _("How long data are kept"),
        ),
        MultiFieldPanel([FieldPanel(name) for name in AUTHORITY], _("Where people complain")),
        MultiFieldPanel([FieldPanel("body")], _("Anything else"), classname="collapsed"),
    ]
    promote_panels: ClassVar = [SEARCH_ENGINE_PANEL]

    class Meta:
        verbose_name = _("privacy page")
        verbose_name_plural = _("privacy pages")

    def permissions_for_user(self, user: Person) -> LastingPagePermissionTester:
        return LastingPagePermissionTester(user, self)
