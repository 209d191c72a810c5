"""Secrets are taken only as they were made: what stands behind one by mistake stops the start."""

from collections.abc import Sequence

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def whole(name: str, keys: Sequence[str]) -> list[str]:
    """
    Return the keys that the variable `name` holds.

    Raises ImproperlyConfigured where one holds white space or "#", as where a comment became part
    of it: another process that reads the same file otherwise would hold another key.
    """
    if any("#" in key or any(character.isspace() for character in key) for key in keys):
        raise ImproperlyConfigured(
            f"{name} holds white space or “#”: a comment behind it may have become part of the "
            "key. Give comments lines of their own. If the portal has run with this key, "
            "docs/deploy.md says how to change it (“A key with a comment in it”)."
        )
    return list(keys)


# Addresses of submitters are sealed with the first key; the others still open what they sealed.
SEALING_KEYS = whole("SEALING_KEYS", env.list("SEALING_KEYS", default=[]))
# Receipts are signed with the first; the record names the public halves of all.
RECORD_KEYS = whole("RECORD_KEYS", env.list("RECORD_KEYS", default=[]))
# Packs of guides are signed with the first; the page about them names the public halves of all.
PACK_KEY = whole("PACK_KEY", env.list("PACK_KEY", default=[]))
