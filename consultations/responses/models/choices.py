"""What an answer can be: by whom, how it came, where it stands, what it is published as."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Identity(models.TextChoices):
    """Way in which the public sees who answers."""

    NAMED = "named", _("With my name")
    ORGANISATION = "organisation", _("With my organisation's name only")
    ANONYMOUS = "anonymous", _("Without any name")


# What those are asked who may speak for others, and the kinds of submitter who may.
ON_BEHALF = ("on_behalf_of", "register_number")
SPEAK_FOR_OTHERS = frozenset({"company", "trade-body", "consultancy", "law-firm", "think-tank"})


def is_asked_on_behalf(is_asked: bool, identity: str, submitter_type: str) -> bool:
    """
    Say whether somebody who responds so is asked on whose behalf, where a consultation asks it.

    Never anybody without a name, nor civil society or individuals: questions about who pays them
    are turned against them.
    """
    named = identity in (Identity.NAMED, Identity.ORGANISATION)
    return is_asked and named and submitter_type in SPEAK_FOR_OTHERS


class Channel(models.TextChoices):
    """Way by which an answer came in."""

    PORTAL = "portal", _("On the portal")
    OFFLINE_FORM = "offline-form", _("Offline form, uploaded")
    POST = "post", _("By post")
    EMAIL = "email", _("By e-mail")


class Proof(models.TextChoices):
    """Way in which a signatory confirmed, beside the link: one that the lead does not hold."""

    ADDRESS = "address", _("From an e-mail address")
    ORGANISATION = "organisation", _("From the organisation's account")


class Status(models.TextChoices):
    RECEIVED = "received", _("Received")
    CLARIFICATION = "clarification", _("A question is waiting for you")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Not accepted")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REMOVED = "removed", _("Removed from publication")


class Handling(models.TextChoices):
    """Form in which an accepted response is published."""

    # Translators: how a response is accepted: everybody may read it.
    PUBLIC = "public", _("Public")
    NAME_WITHHELD = "name-withheld", _("Public, name withheld")
    # Translators: how a response is accepted: only officials read it.
    CONFIDENTIAL = "confidential", _("Confidential")


class LateReason(models.TextChoices):
    """Reason to take an answer in after the deadline; none of them has a place for a name."""

    POSTMARKED = "postmarked", _("It was sent in time and arrived later")  # by post or e-mail
    SHUTDOWN = "shutdown", _("The internet was cut off or blocked somewhere")
    OUTAGE = "outage", _("The portal could not be reached or did not work")
    DISASTER = "disaster", _("A disaster, fighting or unrest")
    POST = "post", _("Letters did not arrive in time")
    EVENT = "event", _("Something else that kept many people from responding")
    PERSON = "person", _("One person or organisation could not respond in time")

    @property
    def is_event(self) -> bool:
        """Say whether it is of something that hit many: that is told, a person's reason not."""
        return self not in (LateReason.POSTMARKED, LateReason.PERSON)


class LegalBasis(models.TextChoices):
    """On what ground an answer is to be read by officials only."""

    COMMERCIAL_SECRET = "commercial-secret", _("Commercial secret")
    PERSONAL_DATA = "personal-data", _("Personal data")
    SECURITY = "security", _("Security of persons")
    LICENCE = "licence", _("Confidentiality of licence applications")
    OTHER = "other", _("Another ground")
