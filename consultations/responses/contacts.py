"""
Where a submitter wants to hear of their response: confirmed, sealed, and apart from the response.

Until its code was typed an address waits in `portal.notifications.confirmations`, under `purpose`.
"""

from consultations.responses.models import Contact, Response
from portal.notifications import confirmations
from portal.notifications.actions import take_back
from portal.notifications.confirmations import Reachable
from portal.notifications.sealing import CannotUnsealError, seal, unseal


def pack(address: str, language: str) -> bytes:
    """Return what is kept of an e-mail address and the language that its owner wants to read."""
    return seal(f"{language} {address}")


def readable(response: Response) -> Reachable | None:
    """
    Return where the submitter wants to hear of it; None where nowhere.

    Also where it was sealed under a key that is gone: nobody can be told any more, and nothing
    else may fail for it. An answer can be withdrawn.
    """
    contact = Contact.objects.filter(response=response).first()
    try:
        language, _space, address = unseal(contact.sealed if contact else b"").partition(" ")
    except CannotUnsealError:
        return None
    return Reachable(address, language)


def purpose(response: Response) -> str:
    """Return what an address that waits for its code is confirmed for."""
    return f"response.{response.pk}.contact"


def about(response: Response) -> str:
    """Return what mail about a response can be taken back by."""
    return f"response.{response.pk}"


def erase(response: Response) -> None:
    """Erase the address, confirmed or not. What is to be sent already is sent."""
    Contact.objects.filter(response=response).delete()
    confirmations.forget(purpose(response))


def forget(response: Response) -> None:
    """
    Erase the address with all mail that waits for it: nothing here links the two any more.

    For whoever stops the mail, withdraws, or cuts the tie to an answer; inside the caller's
    transaction.
    """
    take_back(about(response))
    erase(response)
