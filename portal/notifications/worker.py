"""The thread that sends mail from a process that serves pages."""

from portal.background.worker import Worker

worker = Worker("notifications")
