"""What the tests of this room share."""

import re
from collections.abc import Callable

import pytest
from django.core import mail

from portal.notifications.delivery import send_due


@pytest.fixture
def mailed() -> Callable[[], list]:
    """All e-mails so far, the newest last."""

    def send_and_look() -> list:
        send_due()
        return mail.outbox

    return send_and_look


@pytest.fixture
def mailed_code(mailed) -> Callable[[], str]:
    """The code in the newest e-mail."""

    def find() -> str:
        mailed()
        found = re.search(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", mail.outbox[-1].body, re.MULTILINE)
        assert found, mail.outbox[-1].body
        return found.group()

    return find
