"""
How often the secrets of accounts are tried: by account and client together.

Nobody is refused for what others do. Whoever tries too often is not checked any more, whether what
they type is right or wrong, until their turn comes; other clients are not touched by it, and an
account that is tried from many is slowed for browsers in which its owner has never signed in. An
address that has no account is counted as one that has.
"""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.notifications.rate_limits import mailbox_of
from portal.stakeholders.known_devices import device_of
from portal.web.clients import client_of
from portal.web.rate_limits import DAY, Limit
from portal.web.turns import Tried, Tries, Turns

TOO_MANY = _(
    "Too many tries over your internet connection were wrong; others may be using it too. We did "
    "not check what you typed now, whether it is right or wrong."
)
TOO_MANY_HERE = _(
    "Too many tries from this browser were wrong. We did not check what you typed now, whether it "
    "is right or wrong."
)
MANY_CLIENTS = _(
    "Many tries for this account, from many places, were wrong. So people have to wait if nobody "
    "has signed in to this account from their browser before. We did not check what you typed now, "
    "whether it is right or wrong."
)
FIVE_MINUTES = 300  # seconds

# Every form about accounts that anybody can send, by client: each costs time, or a mail.
FORMS = Turns("account-forms", most=20, pooled=200, seconds=60, windows=5)
# Wrong secrets of whatever account, by client.
ANY_ACCOUNT = Turns(
    "secrets", most=10, pooled=100, seconds=60, windows=30, is_strict=True, why=TOO_MANY
)
# Wrong secrets of one account, by client; by browser where its owner has signed in before.
ACCOUNT = Turns(
    "secrets-account", 5, 5, seconds=FIVE_MINUTES, windows=12, is_strict=True, why=TOO_MANY
)
KNOWN = Turns(
    "secrets-known", 10, 10, seconds=FIVE_MINUTES, windows=12, is_strict=True, why=TOO_MANY_HERE
)
# Wrong secrets of one account from all browsers that are not known, and what each client then has.
UNKNOWN = Limit("secrets-unknown", most=30, seconds=3600)
SLOWED = Turns(
    "secrets-slowed", 1, 1, seconds=FIVE_MINUTES, windows=12, is_strict=True, why=MANY_CLIENTS
)
# The same where somebody has had the first secret right already: six digits can be found by many.
SLOWED_TOGETHER = Turns(
    "secrets-together", 1, 1, seconds=60, windows=60, is_strict=True, why=MANY_CLIENTS
)

FIRST = Tries(ACCOUNT, UNKNOWN, SLOWED)
SECOND = Tries(ACCOUNT, UNKNOWN, SLOWED_TOGETHER, is_together=True)

# Mails with codes, by mailbox: from one client that is not known, and from a browser that is.
MAILS = Limit("account-mails", most=3, seconds=DAY)
MAILS_KNOWN = Limit("account-mails-known", most=5, seconds=DAY)


def try_secret(request: HttpRequest, kind: str, account: str, *, is_second: bool = False) -> Tried:
    """
    Count a secret of a kind ("password", …) that is tried for an account, before it is looked at.

    `account` is its e-mail address, whether there is such an account or not. `is_second` is for
    what is asked after another secret. Raises MustWait: then it must not be looked at.
    """
    account = account.strip().lower()
    if device := device_of(request, account):
        return Tried([KNOWN.take_own(request, kind, account, device)])
    anyhow = ANY_ACCOUNT.take(request)
    tried = (SECOND if is_second else FIRST).take(request, kind, account)
    return tried._replace(turns=[anyhow, *tried.turns])


def may_be_mailed(request: HttpRequest, email: str) -> tuple[bool, bool]:
    """
    Count a mail with a code that is asked for; return whether it may go, and whether the browser
    is one in which that address has signed in before: what strangers ask for is counted apart.
    """
    if device := device_of(request, email):
        return MAILS_KNOWN.take(device), True
    return MAILS.take(mailbox_of(email), client_of(request).alone), False
