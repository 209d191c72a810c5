"""What the tests of this room share."""

import re
from collections.abc import Callable

import pytest
from django.core import mail


@pytest.fixture
def mailed_code() -> Callable[[], str]:
    """The code in the newest e-mail."""

    def find() -> str:
        found = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", mail.outbox[-1].body, re.MULTILINE)
        assert found, mail.outbox[-1].body
        return found.group()

    return find
