"""The thread that finds files whose process is gone, in one that serves pages."""

from portal.background.worker import Worker

worker = Worker("files-lost")
