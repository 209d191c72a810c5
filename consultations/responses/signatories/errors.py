"""Why signing together is refused; `str()` of each is a sentence for whom it concerns."""

from django.utils.translation import gettext_lazy as _

from portal.web.errors import NotRight, Refused


class NoSignatories(Refused):
    """An answer without a name cannot be signed by others."""

    message = _("A response without a name cannot have signatories.")


class TooManySignatories(Refused):
    """The list would be longer than is taken."""

    message = _("A response can have at most 200 signatories.")


class OwnName(NotRight):
    """Refusal to list, beside those who send the answer, the very name that they give."""

    message = _(
        "The name of whoever sends the response stands above the list already. Take it out here."
    )


class LinkGone(Refused):
    """A signatory's link leads nowhere: declined, made anew, taken off the list, erased."""

    message = _("This link no longer works.")


class NothingToSign(Refused):
    """Refusal: what was to be signed was not sent in time, was withdrawn or not accepted."""

    message = _("There is nothing to sign here any more.")


class OtherWords(Refused):
    """Refusal to sign other words than the signatory has read."""

    message = _("The response was changed after you opened this page. Read it again, then confirm.")


class NotYourOwn(NotRight):
    """
    The address is of those who send the answer, or has confirmed another on its list.

    Which of the two is not told. It is told only to whoever has the code that went there.
    """

    message = _(
        "You cannot confirm from this address: it belongs to the people who send the response, or "
        "another signatory has confirmed from it. Use an address of your own."
    )
    field = "email"


class OrganisationHasSigned(Refused):
    """The organisation's account has confirmed another on the list."""

    message = _(
        "Your organisation's account has confirmed another signatory of this response. Confirm "
        "from an e-mail address of your own."
    )


class PublishedList(Refused):
    """Refusal to confirm: the list of an answer that was published is closed."""

    message = _(
        "Nobody can confirm any more: the response was published, or the consultation has ended."
    )
