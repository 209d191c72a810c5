"""
Readers of P18: a process that opens public pages as people do, each request on a connection of its
own, as nginx hands them over.

Speaks as `worker.py` says. A wait is that from the request to the last byte of the answer.
"""

import asyncio
import random
import time
from collections import Counter
from itertools import cycle
from typing import Any

from tests.bench import worker

SEED = 20260302
HEAD_MOST = 64 * 1024


async def opened(port: int, path: str) -> int:
    """Take a page; its status. Raises OSError where there is no answer."""
    stream, writer = await asyncio.open_connection("127.0.0.1", port, limit=HEAD_MOST)
    try:
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
            "Accept-Encoding: gzip, br\r\nAccept-Language: en\r\n\r\n".encode()
        )
        first, *lines = (await stream.readuntil(b"\r\n\r\n")).decode("latin-1").splitlines()
        headers = dict(line.lower().split(": ", 1) for line in lines if line)
        await stream.readexactly(int(headers["content-length"]))
        return int(first.split()[1])
    finally:
        writer.close()


class Crowd:
    """The command: what many readers wait."""

    def read(
        self, port: int, paths: list[str], readers: int, every: float, start: float, seconds: float
    ) -> dict[str, Any]:
        """
        From the instant `start` on for `seconds`, so many readers open a page in `every` seconds.

        Answers with pairs, of the seconds since the start and the wait in milliseconds, and errors.
        """
        self.opened: list[tuple[float, float]] = []
        self.errors: Counter[str] = Counter()
        time.sleep(max(0.0, start - time.time()))
        asyncio.run(self._all(port, paths, readers, every, seconds))
        return {"opened": self.opened, "errors": self.errors}

    async def _all(
        self, port: int, paths: list[str], readers: int, every: float, seconds: float
    ) -> None:
        chance = random.Random(SEED)
        begun = time.perf_counter()
        async with asyncio.TaskGroup() as together:
            for number in range(readers):
                first = number % len(paths)
                turns = cycle([*paths[first:], *paths[:first]])
                due = chance.random() * every
                pauses = [chance.uniform(0.8, 1.2) * every for _ in range(int(seconds / every) + 2)]
                together.create_task(self._one(port, turns, begun, due, pauses, seconds))

    async def _one(
        self,
        port: int,
        turns: "cycle[str]",
        begun: float,
        due: float,
        pauses: list[float],
        seconds: float,
    ) -> None:
        for pause in pauses:
            if due > seconds:
                break
            await asyncio.sleep(begun + due - time.perf_counter())
            await self._open(port, next(turns), begun)
            due += pause

    async def _open(self, port: int, path: str, begun: float) -> None:
        since = time.perf_counter()
        try:
            async with asyncio.timeout(30):
                status = await opened(port, path)
            if status != 200:
                self.errors[f"{status} at {path}"] += 1
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            self.errors[f"{type(error).__name__} at {path}"] += 1
        self.opened.append((since - begun, (time.perf_counter() - since) * 1000))


def main() -> None:
    worker.serve({"read": Crowd().read})


if __name__ == "__main__":
    main()
