"""The thread that gives a day's entries their places, in a process that serves pages."""

from portal.background.worker import Worker

worker = Worker("record")
