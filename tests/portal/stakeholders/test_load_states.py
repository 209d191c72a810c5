"""Loading the states: the portal's own data, and every way in which a file can be wrong."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from portal.stakeholders.actions import STATES_FILE, load_states
from portal.stakeholders.models import State
from portal.taxonomy.vocabularies import REGION

pytestmark = pytest.mark.django_db

HEADING = STATES_FILE.read_text("utf-8").splitlines()[0]
ESTONIA = "EE,EST,europe,subscribing,2023-03-30,launch list,The release,,invited,,,,"
FIJI = "FJ,FJI,oceania,,,,,,invited,,,,"


@pytest.fixture(autouse=True)
def no_states(db):
    State.objects.all().delete()


@pytest.fixture
def file(tmp_path: Path):
    def write(*rows: str, heading: str = HEADING, encoding: str = "utf-8") -> Path:
        path = tmp_path / "states.csv"
        path.write_bytes("\n".join([heading, *rows, ""]).encode(encoding))
        return path

    return write


def refusal(path: Path) -> str:
    """What the command says of a file, having changed nothing."""
    before = list(State.objects.values())
    with pytest.raises(CommandError) as refused:
        call_command("load_states", str(path))
    assert list(State.objects.values()) == before
    return str(refused.value)


def test_the_portals_own_data():
    report = load_states()
    assert (report.created, report.updated, report.unchanged) == (250, 0, 0)
    assert State.objects.count() == 250
    subscribing = {state.iso2 for state in State.objects.all() if state.is_subscribing}
    assert len(subscribing) == 25
    assert {"CR", "XK", "US", "AU"} <= subscribing
    for state in State.objects.all():
        assert state.region in REGION or state.iso2 == "AQ"
        assert state.is_subscribing == bool(state.endorsed_on) == bool(state.endorsement_source)


def test_a_month_is_kept_as_its_first_day_and_says_so():
    load_states()
    costa_rica = State.objects.get(iso2="CR")
    assert costa_rica.endorsed_on.isoformat() == "2023-04-01"
    assert costa_rica.date_precision.startswith("month")


def test_those_never_invited_are_there_and_no_other_has_a_status():
    load_states()
    codes = set(State.objects.values_list("iso2", flat=True))
    assert {"EG", "CN", "TR", "HU", "IR", "MM", "UG", "XK", "GL", "PS"} <= codes
    assert set(State.objects.exclude(iso2="AL").values_list("code_status", flat=True)) == {
        "",
        "subscribing",
    }


def test_no_invitation_is_presumed():
    load_states()
    told = State.objects.values_list("summit_2021", "summit_2023", "summit_2024")
    assert {word for words in told for word in words} == {"", "invited", "host"}
    assert State.objects.get(iso2="BE").summit_2023 == ""
    assert State.objects.get(iso2="HU").summit_2021 == ""


def test_loading_again_changes_nothing():
    load_states()
    before = list(State.objects.order_by("pk").values())
    report = load_states()
    assert (report.created, report.updated, report.unchanged) == (0, 0, 250)
    assert list(State.objects.order_by("pk").values()) == before


def test_a_changed_row_changes_its_state_alone(file, capsys):
    load_states(file(ESTONIA, FIJI))
    fiji = State.objects.get(iso2="FJ")
    endorsed = "FJ,FJI,oceania,subscribing,2026-05-02,day,The gazette,,invited,,,,"
    call_command("load_states", str(file(ESTONIA, endorsed)))
    assert "0 new, 1 changed, 1 as they were" in capsys.readouterr().out
    fiji.refresh_from_db()
    assert fiji.is_subscribing


def test_an_endorsement_that_staff_recorded_stays(file):
    load_states(file(ESTONIA, FIJI))
    State.objects.filter(iso2="FJ").update(
        code_status="subscribing", endorsement_source="The gazette"
    )
    assert load_states(file(ESTONIA, FIJI)).unchanged == 2
    assert State.objects.get(iso2="FJ").is_subscribing


def test_a_state_that_the_file_lacks_is_left_alone(file):
    load_states(file(ESTONIA, FIJI))
    load_states(file(ESTONIA))
    assert State.objects.count() == 2


def test_a_spreadsheets_mark_and_empty_lines_do_no_harm(file):
    report = load_states(file(ESTONIA, "", ",,,,,,,,,,,,", encoding="utf-8-sig"))
    assert report.created == 1


@pytest.mark.parametrize(
    ("row", "place", "reason"),
    [
        (ESTONIA.replace("EE,", "EEE,"), "line 3, column iso2", "two capital letters"),
        (ESTONIA.replace("EE,", "ee,"), "line 3, column iso2", "two capital letters"),
        (ESTONIA.replace("EST,", ","), "line 3, column iso3", "three capital letters"),
        (ESTONIA.replace("The release", ""), "line 3, column endorsement_source", "source"),
        (ESTONIA.replace("The release", "E" * 301), "line 3, column endorsement_source", "300"),
        (ESTONIA.replace(",,invited", ",no address,invited"), "column endorsement_url", "URL"),
        (FIJI.replace("invited", "presumed"), "line 3, column summit_2021", "presumed"),
        (ESTONIA.replace("europe", "atlantis"), "line 3, column region", "atlantis"),
        (ESTONIA.replace("subscribing", "refused"), "line 3, column code_status", "refused"),
        (ESTONIA.replace("2023-03-30", "30/03/2023"), "line 3, column endorsement_date", "30/03"),
        (ESTONIA.replace("2023-03-30", "2023-02-30"), "line 3, column endorsement_date", "02-30"),
        (ESTONIA.replace("2023-03-30", "2023-04"), "line 3, column date_precision", "month"),
        (FIJI, "line 3, column iso2", "line 2"),
        (ESTONIA.replace("EST", "FJI"), "line 3, column iso3", "line 2"),
        (ESTONIA + ",more", "line 3:", "14 cells"),
        ("EE,EST", "line 3:", "2 cells"),
        ('EE,"EST', "line 3:", "not well-formed CSV"),
    ],
)
def test_a_broken_row_is_named_and_nothing_is_changed(file, row, place, reason):
    said = refusal(file(FIJI, row))
    assert "nothing was changed" in said
    assert place in said
    assert reason in said
    assert not State.objects.exists()


def test_all_faults_are_told_at_once(file):
    said = refusal(file(ESTONIA.replace("EE,", "E,").replace("2023-03-30", "soon"), "F" + FIJI))
    assert "line 2, column iso2" in said
    assert "line 2, column endorsement_date" in said
    assert "line 3, column iso2" in said


def test_line_numbers_count_lines_not_rows(file):
    spread = 'FJ,FJI,oceania,,,,,,invited,,,,"one\ntwo"'
    assert "line 4, column iso2" in refusal(file(spread, ESTONIA.replace("EE,", "E,")))


def test_a_missing_and_an_unknown_column(file):
    said = refusal(file(ESTONIA, heading=HEADING.replace("region", "continent")))
    assert "line 1, column region: The column is missing." in said
    assert "line 1, column continent: There is no such column." in said


def test_another_encoding(file):
    said = refusal(file(FIJI, "CI,CIV,africa,,,,,,,,,,Côte d'Ivoire", encoding="latin-1"))
    assert "line 3: This is not UTF-8 text." in said


def test_an_empty_file(file, tmp_path):
    assert "no states" in refusal(file())
    nothing = tmp_path / "nothing.csv"
    nothing.write_text("")
    assert "no states" in refusal(nothing)


def test_no_such_file(tmp_path):
    assert "No such file" in refusal(tmp_path / "absent.csv")
    assert "directory" in refusal(tmp_path)


def test_a_code_that_belongs_to_another_state_already(file):
    load_states(file(ESTONIA))
    said = refusal(file("FJ,EST,oceania,,,,,,,,,,"))
    assert "line 2, column iso3: EST belongs to EE already." in said
