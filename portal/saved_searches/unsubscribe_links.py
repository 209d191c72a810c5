"""
Stopping the mails without signing in: a link that only its owner's mails hold.

The link carries a signature over the account's number and nothing else, so nobody can make one up,
and it stops mails, nothing more. It stands in the query string, which no log of ours keeps.
"""

from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.urls import reverse

_signer = Signer(salt="portal.saved_searches.stop")


def stop_address(owner_id: int) -> str:
    """Return the path, in the language in force, at which this person's mails are stopped."""
    query = urlencode({"of": _signer.sign(str(owner_id))})
    return f"{reverse('saved_searches:stop')}?{query}"


def owner_of(token: str) -> int | None:
    """Return whose mails a link stops; None where it is none of ours."""
    try:
        return int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
