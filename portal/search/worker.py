"""The thread that brings changes of cards to Elasticsearch from a process that serves pages."""

from portal.background.worker import Worker

worker = Worker("search")
