"""Where a follower is told, and by what the mail about it can be taken back."""

from consultations.following.models import Follow
from portal.notifications.confirmations import Reachable
from portal.notifications.sealing import CannotUnsealError, seal, unseal


def pack(address: str, language: str) -> bytes:
    """Return what is kept of a follower's address ("" for a member's) and language."""
    return seal(f"{language} {address}")


def reachable(follow: Follow) -> Reachable | None:
    """
    Return where a follower is told; None where nowhere.

    A member's is their account's address, while the account is in use and the address confirmed.
    """
    try:
        language, _space, address = unseal(follow.sealed).partition(" ")
    except CannotUnsealError:
        return None
    owner = follow.owner
    if owner is None:
        return Reachable(address, language)
    if owner.is_active and owner.has_confirmed(owner.email):
        return Reachable(owner.email, language)
    return None


def about(pk: int) -> str:
    """Return what mail to a follower can be taken back by."""
    return f"following.{pk}"
