"""
How much mail one mailbox gets in a day, whoever has it sent; how often one client may ask.

All counting of mail stands here. It is kept in the store of limits: under a key that is destroyed
with the day, shared by all workers, and emptied by nobody (docs/decisions/0024-limits.md).
"""

from dataclasses import dataclass

from portal.web.rate_limits import DAY, Limit
from portal.web.turns import Turns


@dataclass(frozen=True)
class MailLimit:
    """
    A limit on how many mails of a sort go to one mailbox in a day of UTC.

    What is over it `waits` for the next day; otherwise it is dropped, and nobody is told so: it
    would say that somebody else had mail sent to this address.
    """

    name: str
    a_day: int
    waits: bool

    def take(self, address: str) -> bool:
        """Count one more mail to `address`, and return whether it may be sent."""
        counted = Limit(f"mail-{self.name}", most=self.a_day, seconds=DAY)
        return counted.take(mailbox_of(address))


# Anybody can have these sent to anybody, by typing an address.
CODES = MailLimit("codes", 3, waits=False)
ACCOUNT = MailLimit("account", 5, waits=False)
# From browsers in which the owner has signed in: what strangers ask for takes nothing from it.
ACCOUNT_KNOWN = MailLimit("account-known", 20, waits=False)
# Administrators alone have these sent, each once a day.
INVITATIONS = MailLimit("invitations", 2, waits=True)
# Only whoever is signed in has these sent, to their own address.
PROOFS = MailLimit("proofs", 10, waits=False)
# These go to confirmed addresses alone.
NOTICES = MailLimit("notices", 10, waits=True)
NEWS = MailLimit("news", 10, waits=True)
# By client: codes that confirm an address, to whomever they are sent.
ASKED = Turns("mailed-codes", most=4, pooled=60, seconds=600, windows=6, is_strict=True)


def mailbox_of(address: str) -> str:
    """
    Return what an address is counted as: many spellings lead to one mailbox.

    Without what follows a "+", without dots before the "@", in lower case. Two people whose
    addresses differ in nothing else share a count, and nothing more.
    """
    name, _at, domain = address.lower().rpartition("@")
    return f"{name.partition('+')[0].replace('.', '')}@{domain}"
