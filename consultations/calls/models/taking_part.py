"""On which terms people take part in a consultation."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.cms.models import BasePage


class OpenToAnswers(BasePage):
    """A page with promises to people who answer or comment, and whom they may ask."""

    grace_hours = models.PositiveSmallIntegerField(
        _("hours of grace"),
        default=0,
        validators=[MaxValueValidator(72)],
        help_text=_(
            "How long after the deadline a response that was begun in time may still be sent: 0 to "
            "72. Published."
        ),
    )
    code_months = models.PositiveSmallIntegerField(
        _("months for which codes open responses"),
        default=12,
        validators=[MinValueValidator(4), MaxValueValidator(60)],
        help_text=_(
            "Counted from the deadline or the publication of the outcome, whichever is later: 4 to "
            "60. After that no code opens a response any more, and what is kept of codes is "
            "erased. Published. When the consultation has opened, this can only grow."
        ),
    )
    anonymous_allowed = models.BooleanField(
        _("responses without a name"), default=True, help_text=_("People may respond anonymously.")
    )
    publishes_while_open = models.BooleanField(
        _("publication while it is open"),
        default=False,
        help_text=_(
            "Otherwise accepted responses are published together, after the consultation has "
            "closed. Only for a consultation that takes no responses without a name. People are "
            "told that they can change a response until it is published. When the consultation "
            "has opened, this can only be turned off."
        ),
    )
    privacy_note = models.TextField(
        _("privacy note"),
        max_length=2000,
        blank=True,
        help_text=_("People read this before they send, beside what the portal says everywhere."),
    )
    postal_address = models.TextField(
        _("postal address"),
        max_length=400,
        blank=True,
        help_text=_("Where printed forms are sent."),
    )
    discussion_enabled = models.BooleanField(
        _("discussion"), default=True, help_text=_("People may comment while it is open.")
    )
    contact_email = models.EmailField(_("contact e-mail address"), blank=True)

    class Meta:
        abstract = True
