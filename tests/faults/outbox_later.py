"""`python -m tests.faults.outbox_later`: all that waits is due now, what is unsettled is old."""

from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from portal.notifications.models import Message, State  # noqa: E402

Message.objects.filter(state__in=[State.WAITING, State.SENDING]).update(
    next_at=timezone.now() - timedelta(minutes=1)
)
