"""Bounded, and each page made once however many ask for it."""

import threading
from concurrent.futures import ThreadPoolExecutor

from portal.front.kept import Kept
from portal.front.memory import KNOWN_NOT_KEPT, Memory


def page(size: int) -> Kept:
    return Kept(b"x" * size, {}, "", 0, 0.0, (), ())


def test_it_never_holds_more_than_it_may_and_forgets_the_least_used():
    memory = Memory(100_000)
    memory.put("home", page(1_000))
    for number in range(10_000):
        memory.put(number, page(1_000))
        memory.get("home")
        assert memory.bytes <= 100_000
    assert memory.get("home")
    assert memory.get(0) is None
    assert len(memory) == 100_000 // page(1_000).size


def test_a_page_larger_than_all_of_it_is_not_held():
    memory = Memory(1_000)
    memory.put("large", page(1_000))
    assert (len(memory), memory.bytes) == (0, 0)


def test_what_is_not_kept_is_remembered_for_a_bounded_number():
    memory = Memory(1_000)
    for number in range(10 * KNOWN_NOT_KEPT):
        memory.do_not_keep(number, until=60.0)
    assert memory.is_not_kept(10 * KNOWN_NOT_KEPT - 1, now=59.0)
    assert not memory.is_not_kept(10 * KNOWN_NOT_KEPT - 1, now=60.0)
    assert not memory.is_not_kept(0, now=0.0)


def test_of_twenty_who_ask_together_one_makes_the_page():
    memory = Memory(100_000)
    made, all_here = [], threading.Barrier(20, timeout=20)

    def ask(_: int) -> Kept | None:
        all_here.wait()
        with memory.by_one("home") as is_maker:
            if is_maker and memory.get("home") is None:
                made.append(1)
                memory.put("home", page(10))
            return memory.get("home")

    with ThreadPoolExecutor(20) as pool:
        assert all(pool.map(ask, range(20)))
    assert len(made) == 1


def test_those_who_wait_go_on_when_the_maker_fails():
    memory = Memory(100_000)
    begun, fail = threading.Event(), threading.Event()

    def make() -> None:
        try:
            with memory.by_one("home"):
                begun.set()
                fail.wait(20)
                raise OSError
        except OSError:
            return

    def wait() -> bool:
        with memory.by_one("home") as is_maker:
            return is_maker

    with ThreadPoolExecutor(2) as pool:
        pool.submit(make)
        assert begun.wait(20)
        waiting = pool.submit(wait)
        fail.set()
        assert waiting.result(20) is False
    with memory.by_one("home") as is_maker:
        assert is_maker
