"""Bringing the states in line with a file."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from portal.stakeholders.models import State
from portal.stakeholders.states_file import COLUMNS, Fault, StatesFileError, read_states

STATES_FILE = Path(__file__).parents[1] / "data" / "states.csv"


@dataclass(frozen=True)
class LoadReport:
    """Counts of the states that a load made, changed and left as they were."""

    created: int
    updated: int
    unchanged: int


def load_states(file: Path = STATES_FILE) -> LoadReport:
    """
    Bring the states in line with a CSV file (see `states_file`): rows are matched by `iso2`.

    Loading the same file again changes nothing. A state that the file lacks is left alone, and so
    is one whose endorsement staff have recorded and the file does not know.
    Raises StatesFileError with all faults, having changed nothing, and OSError for no such file.
    """
    rows = read_states(Path(file))
    wanted = [state for _line, state in rows]
    fields = [field for field in COLUMNS.values() if field != "iso2"]
    with transaction.atomic():
        present = {state.iso2: state for state in State.objects.all()}
        _refuse_taken_codes(rows, present)
        created = [state for state in wanted if state.iso2 not in present]
        updated = []
        for state in wanted:
            stored = present.get(state.iso2)
            if stored and stored.is_subscribing and not state.is_subscribing:
                continue
            if stored and any(getattr(stored, f) != getattr(state, f) for f in fields):
                state.pk = stored.pk
                updated.append(state)
        State.objects.bulk_create(created)
        State.objects.bulk_update(updated, fields)
    return LoadReport(len(created), len(updated), len(wanted) - len(created) - len(updated))


def _refuse_taken_codes(rows: list[tuple[int, State]], present: dict[str, State]) -> None:
    """Refuse a three-letter code that belongs to another state: the file cannot give it away."""
    holder = {state.iso3: state.iso2 for state in present.values()}
    faults = [
        Fault(
            line,
            "iso3",
            # Translators: code is the code of a country, holder the name of another.
            _("%(code)s belongs to %(holder)s already.")
            % {
                "code": state.iso3,
                "holder": holder[state.iso3],
            },
        )
        for line, state in rows
        if holder.get(state.iso3, state.iso2) != state.iso2
    ]
    if faults:
        raise StatesFileError(faults)
