"""Days of a record in any order of events; what must hold after every step, and at last."""

import json
import tempfile
from contextlib import redirect_stdout
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from portal.record import audit, tree, verify
from portal.record.actions import append, conceal, erase, reveal
from portal.record.export import export
from portal.record.models import Checkpoint, Entry
from portal.record.receipts import receipt
from portal.record.sequencer import publish_roots
from tests.portal.record.conftest import DAY, NOON

CHOICE = st.randoms(use_true_random=False)


class Days(RuleBasedStateMachine):
    """A record, a clock, the receipts that people hold, and what each of them must get."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.now = NOON
        self.held: list[dict[str, Any]] = []
        self.standing: dict[str, bool] = {}  # leaf → whether it was public to begin with
        self.roots: list[tuple[int, bytes]] = []

    def teardown(self) -> None:
        self.everything_is_in_an_export_that_anybody_can_check()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @rule(public=st.booleans(), late=st.booleans())
    def something_happens(self, public: bool, late: bool) -> None:
        """`late`: its transaction began before midnight and is committed after it."""
        at = self.now - DAY if late else self.now
        entry = append(kind="test.said", statement={"n": len(self.held)}, public=public, at=at)
        self.held.append(receipt(entry))
        self.standing[entry.leaf] = public

    @precondition(lambda self: self.standing)
    @rule(choice=CHOICE, count=st.integers(1, 3))
    def something_is_erased(self, choice: Any, count: int) -> None:
        leaves = list(self.standing)  # in their order of coming: a leaf's own bytes are of chance
        chosen = choice.sample(leaves, min(count, len(leaves)))
        tombstone = erase(chosen, at=self.now, statement={})
        assert tombstone.public == all(
            Entry.objects.filter(leaf__in=chosen).values_list("public", flat=True)
        )
        for leaf in chosen:
            del self.standing[leaf]

    @precondition(lambda self: any(self.standing.values()))
    @rule(choice=CHOICE, hide=st.booleans())
    def something_is_hidden_or_shown(self, choice: Any, hide: bool) -> None:
        leaf = choice.choice([leaf for leaf, public in self.standing.items() if public])
        (conceal if hide else reveal)([leaf])
        assert Entry.objects.get(leaf=leaf).public != hide

    @rule()
    def housekeeping_comes_by(self) -> None:
        publish_roots(at=self.now)
        assert publish_roots(at=self.now) == []

    @rule(days=st.integers(1, 3))
    def days_end(self, days: int) -> None:
        publish_roots(at=self.now)
        self.now += days * DAY
        publish_roots(at=self.now)
        self.roots.append((tree.size(), tree.root(tree.size())))

    @invariant()
    def what_was_published_stays(self) -> None:
        for size, root in self.roots:
            assert tree.root(size) == root

    @invariant()
    def the_record_holds(self) -> None:
        assert list(audit.findings()) == []

    @invariant()
    def every_promise_is_kept(self) -> None:
        last = Checkpoint.objects.last_day()
        placed = set(Entry.objects.placed().values_list("leaf", flat=True))
        for held in self.held:
            if last and date.fromisoformat(held["by"]) <= last:
                assert held["leaf"] in placed

    def everything_is_in_an_export_that_anybody_can_check(self) -> None:
        publish_roots(at=self.now + timedelta(days=2))
        with tempfile.TemporaryDirectory() as folder, redirect_stdout(StringIO()):
            directory = Path(folder)
            export(directory)
            assert verify.main([folder]) == 0
            path = directory / "receipt.json"
            for held in self.held[:5]:
                path.write_text(json.dumps(held), encoding="utf-8")
                assert verify.main([folder, "--receipt", str(path)]) == 0


def run(examples: int, steps: int, **kwargs: Any) -> None:
    """Try so many orders of so many steps; raises at the first that breaks a promise."""
    run_state_machine_as_test(
        Days,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            **kwargs,
        ),
    )
