"""The codes of sign-in in a mail: each on its own line; no part of a link passes for one."""

import re

CODE = re.compile(r"(?m)^[A-Z0-9]{4}-[A-Z0-9]{4}(?=\s*$)")


def codes_in(body: str) -> list[str]:
    """Each code, in order; empty when the text of the mail holds none."""
    return CODE.findall(body)
