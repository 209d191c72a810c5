"""
Stopping without signing in: a link that only a follower's mails hold.

It carries a signature over the number of one row, which chance has drawn. Nobody can make one up,
and it stops that following, nothing more.
"""

from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.urls import reverse

_signer = Signer(salt="consultations.following.stop")


def stop_address(pk: int) -> str:
    """Return the path, in the language in force, at which one following is stopped."""
    return f"{reverse('following:stop')}?{urlencode({'of': _signer.sign(str(pk))})}"


def followed_by(token: str) -> int | None:
    """Return the key of the following that a link stops; None where it is none of ours."""
    try:
        return int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
