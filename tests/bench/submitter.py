"""
A writer of P4: a process that sends drafts, one after the other, through the portal's own action.

Speaks as `worker.py` says. Its waits are what the sender of an answer would wait, in milliseconds
of real time.
"""

import time
from collections import Counter
from typing import Any

import django

from tests.bench import worker
from tests.bench.drafts import code_of


class Submitter:
    """The commands of a writer."""

    def load(self, number: int, of: int, among: int) -> int:
        """
        Take up one of `of` equal shares of the first `among` drafts; how many those are.

        They are found by their codes, which count up: their ids are chance's, and the drafts that
        come after the first are those of people at their browsers.
        """
        mine = range(number, among, of)
        self.drafts = map(code_of, mine)
        return len(mine)

    def warm(self) -> dict[str, Any]:
        """Send the first, for what a server has warm long before a deadline."""
        self._begin(time.time())
        self._send(next(self.drafts), time.perf_counter())
        worker.settle()
        return self._result

    def saturate(self, start: float, seconds: float) -> dict[str, Any]:
        """From the instant `start` on for `seconds`, send as fast as it goes."""
        self._begin(start)
        while time.time() < start + seconds and (code := next(self.drafts, None)) is not None:
            self._send(code, time.perf_counter())
        return self._result

    def pace(self, start: float, every: float, count: int) -> dict[str, Any]:
        """
        From the instant `start` on send `count`, one in `every` seconds, whatever the last took.

        One that had to wait for its predecessor has waited since it was due.
        """
        self._begin(start)
        begun = time.perf_counter()
        for turn in range(count):
            due = begun + turn * every
            time.sleep(max(0.0, due - time.perf_counter()))
            self._send(next(self.drafts), due)
        return self._result

    def _begin(self, start: float) -> None:
        self._result = {"references": [], "waits": [], "errors": Counter()}
        time.sleep(max(0.0, start - time.time()))

    def _send(self, code: str, since: float) -> None:
        from django.contrib.auth.models import AnonymousUser

        from consultations.responses.access.codes import hash_code
        from consultations.responses.actions import submit_draft
        from consultations.responses.models import Draft

        try:
            draft = Draft.objects.get(code_hash=hash_code(code))
            response = submit_draft(draft=draft, by=AnonymousUser())
            self._result["references"].append(response.reference)
        except Exception as error:
            self._result["errors"][f"{type(error).__name__}: {error}"[:80]] += 1
        self._result["waits"].append((time.perf_counter() - since) * 1000)


def main() -> None:
    django.setup()
    submitter = Submitter()
    worker.serve(
        {
            "load": submitter.load,
            "warm": submitter.warm,
            "saturate": submitter.saturate,
            "pace": submitter.pace,
        }
    )


if __name__ == "__main__":
    main()
