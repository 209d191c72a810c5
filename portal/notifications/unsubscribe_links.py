"""
Stopping mails without signing in: a link that only the mails themselves hold.

It carries a signature over the number of one row and nothing else: nobody can make one up, and it
stops the mails of that row, nothing more. It stands in the query string, which no log keeps.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.urls import reverse


@dataclass(frozen=True)
class StopLink:
    """A kind of such links: `salt` keeps its signatures from others', `view` is where they lead."""

    salt: str
    view: str

    def address(self, pk: int) -> str:
        """Return the path, in the language in force, at which the mails of a row are stopped."""
        return f"{reverse(self.view)}?{urlencode({'of': Signer(salt=self.salt).sign(str(pk))})}"

    def key_of(self, token: str) -> int | None:
        """Return the key of the row whose mails a link stops; None where it is none of ours."""
        try:
            return int(Signer(salt=self.salt).unsign(token))
        except (BadSignature, ValueError):
            return None
