"""The thread that sends mail from a process that serves pages."""

from portal.background.worker import Worker
from portal.notifications.delivery import send_due

_worker = Worker("notifications", send_due)
start = _worker.start
wake = _worker.wake
