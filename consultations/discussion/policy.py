"""
The published reasons for hiding a comment, and what each means.

The page of the moderation rules tells all of them; whatever names one leads there (`rule_href`).
"""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.cms.navigation import MODERATION_RULES, address


class HideReason(models.TextChoices):
    """The published reasons for hiding a comment; there are no others."""

    PERSONAL_DATA = "personal-data", _("Personal data of somebody else")
    OFF_TOPIC = "off-topic", _("Off topic")
    ABUSE = "abuse", _("Abuse or threats")
    UNLAWFUL = "unlawful", _("Unlawful content")
    SPAM = "spam", _("Advertising or spam")


EXPLANATIONS: dict[HideReason, Promise] = {
    HideReason.PERSONAL_DATA: _(
        "The comment contains data about a person that do not belong in public, such as a "
        "telephone number, an address or a detail that identifies a victim or a source."
    ),
    HideReason.OFF_TOPIC: _("It has nothing to do with what the consultation asks."),
    HideReason.ABUSE: _("It attacks, threatens or demeans a person or a group."),
    HideReason.UNLAWFUL: _("It may not lawfully be published."),
    HideReason.SPAM: _(
        "It advertises, or repeats the same text again and again in order to drown out others."
    ),
}


def rule_href(reason: str) -> str:
    """Return the address of a rule on the page of the moderation rules, in the active language."""
    return f"{address(MODERATION_RULES)}#rule-{reason}"
