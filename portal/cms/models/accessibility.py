"""Who can use the portal and who cannot, as the law of the EU and of the UK has it said."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from portal.cms.blocks.barriers import BarrierBlock
from portal.cms.models.base import SEARCH_ENGINE_PANEL
from portal.cms.models.permissions import LastingPagePermissionTester
from portal.cms.models.required import RequiredPage
from portal.cms.models.standing import TextPage
from portal.cms.page_forms import PageForm
from portal.stakeholders.models import Person

STATUS = ("body_name", "law", "conformity")
PREPARATION = ("prepared_on", "reviewed_on", "method", "method_text")
FEEDBACK = ("contact_email", "contact_otherwise", "answer_days")
ENFORCEMENT = ("enforcement", "enforcement_url")
SIGNED = ("signed_by", "signed_on")


class AccessibilityForm(PageForm):
    """Asks for what is not accessible where something is not."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        is_partial = cleaned.get("conformity") in AccessibilityPage.WITH_BARRIERS
        if is_partial and not cleaned.get("barriers") and not self.is_deferred_validation:
            text = _("Name what is not accessible, or choose “Fully compliant”.")
            self.add_error("barriers", text)
        return cleaned


class AccessibilityPage(RequiredPage, TextPage):
    """
    The accessibility statement, after the model of Commission Implementing Decision (EU) 2018/1523.

    The UK's sample statement asks the same and for dates of its tests. Without these facts no
    consultation opens (`portal.cms.models.required`).
    """

    class Conformity(models.TextChoices):
        FULL = "full", _("Fully compliant: no exception")
        PARTIAL = "partial", _("Partially compliant: most of it, with exceptions")
        NONE = "none", _("Not compliant: most of it is not met")

    class Method(models.TextChoices):
        SELF = "self", _("We assessed it ourselves")
        OTHERS = "others", _("Somebody outside assessed it")

    WITH_BARRIERS: ClassVar = (Conformity.PARTIAL, Conformity.NONE)

    fixed_slug: ClassVar = "accessibility"
    page_description = _("Says who can use this portal and who cannot, and why.")
    standing: ClassVar = "accessibility"
    is_creatable: ClassVar = False  # `create_site` makes it, one in each language
    needed_to_publish: ClassVar = (
        *STATUS,
        *PREPARATION,
        "contact_email",
        "answer_days",
        *ENFORCEMENT,
        *SIGNED,
    )

    body_name = models.CharField(
        _("whose portal it is"),
        max_length=200,
        blank=True,
        help_text=_("The public body that commits itself to making it accessible."),
    )
    law = models.CharField(
        _("law on accessibility"),
        max_length=300,
        blank=True,
        help_text=_("In the EU, the law that brings in Directive (EU) 2016/2102."),
    )
    conformity = models.CharField(
        _("how far it is accessible"), max_length=10, choices=Conformity.choices, blank=True
    )
    barriers = StreamField(
        [("barrier", BarrierBlock())],
        verbose_name=_("what is not accessible"),
        blank=True,
        help_text=_("Needed unless the portal is fully compliant."),
    )
    prepared_on = models.DateField(_("statement prepared on"), null=True, blank=True)
    reviewed_on = models.DateField(
        _("statement last reviewed on"),
        null=True,
        blank=True,
        help_text=_("At least once a year. At first the day on which it was prepared."),
    )
    method = models.CharField(
        _("who assessed it"), max_length=10, choices=Method.choices, blank=True
    )
    method_text = models.TextField(
        _("how it was assessed"),
        max_length=1500,
        blank=True,
        help_text=_("Who tested which pages, when, and with what."),
    )
    contact_email = models.EmailField(_("e-mail address for accessibility"), blank=True)
    contact_otherwise = models.TextField(
        _("other ways to reach you"),
        max_length=500,
        blank=True,
        help_text=_("A telephone, a text relay, a postal address."),
    )
    answer_days = models.PositiveSmallIntegerField(
        _("working days until you answer"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(60)],
    )
    enforcement = models.TextField(
        _("what people can do if your answer does not satisfy them"),
        max_length=1500,
        blank=True,
        help_text=_("The body that enforces the law, and how to turn to it."),
    )
    enforcement_url = models.URLField(_("address on the web of that body"), blank=True)
    signed_by = models.CharField(
        _("signed by"), max_length=200, blank=True, help_text=_("Name and office.")
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True)

    base_form_class = AccessibilityForm
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
                "The page also says what the portal does for accessibility and how its makers "
                "check that. Those sentences come with the portal and change with it."
            ),
            heading=_("What stands on the page already"),
        ),
        MultiFieldPanel([FieldPanel(name) for name in STATUS], _("Status")),
        FieldPanel("barriers"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel(name) for name in PREPARATION[:2]]),
                *[FieldPanel(name) for name in PREPARATION[2:]],
            ],
            _("How the statement was prepared"),
        ),
        MultiFieldPanel([FieldPanel(name) for name in FEEDBACK], _("Feedback and contact")),
        MultiFieldPanel([FieldPanel(name) for name in ENFORCEMENT], _("Enforcement procedure")),
        MultiFieldPanel([FieldRowPanel([FieldPanel(name) for name in SIGNED])], _("Signature")),
        MultiFieldPanel([FieldPanel("body")], _("Anything else"), classname="collapsed"),
    ]
    promote_panels: ClassVar = [SEARCH_ENGINE_PANEL]
    search_fields: ClassVar = [*TextPage.search_fields, index.SearchField("barriers")]

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statements")

    def lacking(self) -> list[str]:
        missing = super().lacking()
        return [*missing, self.label_of("barriers")] if self.hides_barriers else missing

    @property
    def hides_barriers(self) -> bool:
        """Say whether it admits that something is not accessible, and does not say what."""
        return self.conformity in self.WITH_BARRIERS and not self.barriers

    def permissions_for_user(self, user: Person) -> LastingPagePermissionTester:
        return LastingPagePermissionTester(user, self)
