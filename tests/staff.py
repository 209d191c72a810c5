"""Staff in tests: browsers with and without a second factor used, and what their lists ask."""

import time

from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from portal.stakeholders.models import User


def set_up_factor(person: User) -> str:
    """An authenticator app for this person; its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    return secret


def current_code(secret: str) -> str:
    """What the app shows now."""
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def use_factor(client: Client) -> None:
    """The browser's session as it is once whoever is signed in has used a second factor in it."""
    _record(client, method="mfa", type="totp")


def prove_again(client: Client) -> None:
    """The same once they have just proved once more who they are, by whatever they have."""
    _record(client, method="password", reauthenticated=True)


def _record(client: Client, **proof: object) -> None:
    session = client.session
    before = session.get("account_authentication_methods", [])
    session["account_authentication_methods"] = [*before, {**proof, "at": time.time()}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()


def of_ours(queries: list[dict[str, str]]) -> list[dict[str, str]]:
    """Queries of a list of pages without Wagtail's own of each: whether something is below it."""
    below = 'SELECT 1 AS "a" FROM "wagtailcore_page" WHERE ("wagtailcore_page"."path"'
    return [each for each in queries if not each["sql"].startswith(below)]
