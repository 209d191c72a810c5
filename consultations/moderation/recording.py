"""What the record is told of screening, and whether the acts that stand here are those it knows."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from django.db.models import OuterRef, Subquery

from consultations.moderation.models import Clearance, ScreeningAct
from consultations.moderation.policy import Verb
from consultations.responses.models import Response, Status
from portal.record.audit_sources import Finding, by_leaf, entries_at, finding, with_entries
from portal.record.models import Entry

ACCEPTED, REJECTED = "response.accepted", "response.rejected"
REOPENED, REMOVED = "response.reopened", "response.removed"
REMOVAL_CONFIRMED, RESTORED = "response.removal-confirmed", "response.restored"
# Of what everybody saw: its removal is open to everybody, and what became of that.
OPEN_KINDS = (REMOVED, REMOVAL_CONFIRMED, RESTORED)
KINDS = (ACCEPTED, REJECTED, REOPENED, *OPEN_KINDS)
CLEARANCE_GIVEN, CLEARANCE_ENDED = "clearance.given", "clearance.ended"
CLEARANCES = (CLEARANCE_GIVEN, CLEARANCE_ENDED)
BATCH = 200


def statement_of(response: Response, act: ScreeningAct) -> dict[str, Any]:
    """Return what an entry says of an act: codes, never a note, and nobody's name."""
    codes = {"reason": act.reason, "handling": act.handling}
    return {
        "reference": response.reference,
        "version": act.version,
        **{name: str(code) for name, code in codes.items() if code},
    }


def entered_before(response: Response) -> str:
    """
    Return the leaf of the last act on a response that was entered, which the next one follows.

    Only what is sealed says so: an open entry that did would tell which sealed leaf is of it.
    """
    acts = ScreeningAct.objects.filter(response=response).exclude(record_leaf="")
    return acts.order_by("-number").values_list("record_leaf", flat=True).first() or ""


def check_acts(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """Hold every entry against its act, and every act that was entered against its entry."""
    for batch in batches:
        acts = by_leaf(batch, ScreeningAct.objects.select_related("response"))
        before = _entered_before(acts.values())
        for entry in batch:
            act, said = acts.get(entry.leaf), entry.statement
            if said is None:
                continue
            if act is None:
                yield finding(entry, f"no act of screening for {said['reference']} here")
            elif any(said.get(key) != value for key, value in _expected(act).items()):
                yield finding(entry, f"an act on {said['reference']} is not as entered")
            elif entry.public != (entry.kind in OPEN_KINDS):
                yield finding(entry, f"an act on {said['reference']} is not open as it was")
            elif "follows" in said and said["follows"] != before.get(entry.leaf):
                yield finding(entry, f"an act on {said['reference']} follows another than it says")
    for entered, of_act in with_entries(ScreeningAct.objects.exclude(record_leaf="")):
        if of_act is None or of_act.kind not in KINDS:
            yield Finding(entered.record_leaf, "an act of screening has no entry of its own")
    yield from _check_standing()


def _entered_before(acts: Iterable[ScreeningAct]) -> dict[str, str]:
    """Return the leaf before each, of all acts that were entered on their responses, by leaf."""
    entered = ScreeningAct.objects.filter(response__in={act.response_id for act in acts})
    rows = entered.exclude(record_leaf="").order_by("response", "number")
    pairs = pairwise(rows.values_list("response", "record_leaf"))
    return {leaf: before for (one, before), (other, leaf) in pairs if one == other}


def _check_standing() -> Iterator[Finding]:
    """Check that an act in force says how a response is accepted, or why it is not public."""
    latest = ScreeningAct.objects.in_force().filter(response=OuterRef("pk")).order_by("-number")
    accepted = latest.filter(verb=Verb.ACCEPT).values("handling")[:1]
    rejected = latest.filter(verb=Verb.CONFIRM_REJECTION).values("pk")[:1]
    off = latest.filter(verb__in=(Verb.HIDE, Verb.CONFIRM_REMOVAL, Verb.REMOVE)).values("pk")[:1]
    judged = Response.objects.annotate(
        said=Subquery(accepted), no=Subquery(rejected), off=Subquery(off)
    )
    for response in judged.exclude(handling="").iterator(chunk_size=BATCH):
        if response.said != response.handling:
            yield Finding(None, f"{response.reference} was not accepted as {response.handling}")
    for response in judged.filter(status=Status.REJECTED, no=None).iterator(chunk_size=BATCH):
        yield Finding(None, f"{response.reference} is rejected, and nobody decided so")
    for response in judged.filter(status=Status.REMOVED, off=None).iterator(chunk_size=BATCH):
        yield Finding(None, f"{response.reference} is removed, and nobody decided so")


def _expected(act: ScreeningAct) -> dict[str, Any]:
    """Return all codes, those that are empty too: an entry must not say more than the act."""
    return {"reason": None, "handling": None, **statement_of(act.response, act)}


def statement_of_clearance(clearance: Clearance) -> dict[str, Any]:
    """Return what the entry of a clearance says: numbers of accounts, and nobody's name."""
    return {
        "clearance": clearance.pk,
        "person": clearance.person_id or 0,
        "proposed_by": clearance.proposed_by_id or 0,
        "given_by": clearance.given_by_id or 0,
    }


def check_clearances(batches: Iterator[list[Entry]]) -> Iterator[Finding]:
    """Hold every entry against its clearance, and every clearance against its entries."""
    for batch in batches:
        stated = [entry.statement for entry in batch]
        rows = Clearance.objects.in_bulk([said["clearance"] for said in stated if said])
        for entry, said in zip(batch, stated, strict=True):
            if said is None:
                continue
            row = rows.get(said["clearance"])
            leaf = {CLEARANCE_GIVEN: "record_leaf", CLEARANCE_ENDED: "end_leaf"}[entry.kind]
            if row is None or getattr(row, leaf) != entry.leaf:
                yield finding(entry, "no clearance as entered here")
            elif entry.public or (entry.kind == CLEARANCE_GIVEN and _differs(row, said)):
                yield finding(entry, "a clearance is not as entered")
    for row in Clearance.objects.filter(given_on__isnull=False).iterator(chunk_size=BATCH):
        wanted = [row.record_leaf, *([row.end_leaf] if row.ended_on else [])]
        found = entries_at(wanted)
        if any(leaf not in found or found[leaf].kind not in CLEARANCES for leaf in wanted):
            yield Finding(row.record_leaf or None, "a clearance has no entry of its own")
    ended = Clearance.objects.filter(ended_on__isnull=True).exclude(end_leaf="")
    for row in ended.iterator(chunk_size=BATCH):
        yield Finding(row.end_leaf, "a clearance that has ended is in force")


def _differs(row: Clearance, said: dict[str, Any]) -> bool:
    """Say whether an entry names others than the row; accounts that are gone are none."""
    now = statement_of_clearance(row)
    return any(now[name] not in (0, said.get(name)) for name in now)
