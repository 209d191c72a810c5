"""What the tests of this room share."""

from collections.abc import Callable

import pytest
from django.core import mail

from portal.notifications.delivery import send_due
from tests.codes import codes_in


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
        found = codes_in(mail.outbox[-1].body)
        assert found, mail.outbox[-1].body
        return found[0]

    return find
