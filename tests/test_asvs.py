"""docs/asvs.md names every requirement of levels 1 and 2, and tests that there are."""

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "asvs.md").read_text()
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+) \| ([a-z ]+) \| (.*) \|$", re.MULTILINE)
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")
STATES = {"held", "operator", "none here", "open"}
# Of 5.0.0: the levels of each section's requirements, in their order; those of level 3 come last.
LEVELS = {
    **{"1.1": "22", "1.2": "111112222", "1.3": "11222222222", "1.4": "222", "1.5": "12"},
    **{"2.1": "122", "2.2": "112", "2.3": "1222", "2.4": "2", "3.2": "11", "3.3": "1222"},
    **{"3.4": "112222", "3.5": "11122", "3.7": "22", "4.1": "122", "4.2": "2", "4.3": "22"},
    **{"4.4": "1222", "5.1": "2", "5.2": "112", "5.3": "11", "5.4": "222", "6.1": "122"},
    **{"6.2": "111111112222", "6.3": "1122", "6.4": "1122", "6.5": "22222", "6.6": "222"},
    **{"6.8": "2222", "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "22"},
    **{"7.6": "22", "8.1": "12", "8.2": "112", "8.3": "1", "8.4": "2", "9.1": "111"},
    **{"9.2": "1222", "10.1": "22", "10.2": "22", "10.3": "2222", "10.4": "11111222222"},
    **{"10.5": "22222", "10.6": "22", "10.7": "222", "11.1": "22", "11.2": "222"},
    **{"11.3": "112", "11.4": "1222", "11.5": "2", "11.6": "2", "12.1": "122", "12.2": "11"},
    **{"12.3": "2222", "13.1": "2", "13.2": "22222", "13.3": "22", "13.4": "12222"},
    **{"14.1": "22", "14.2": "1222", "14.3": "122", "15.1": "122", "15.2": "122"},
    **{"15.3": "1222222", "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222"},
    **{"16.5": "222", "17.1": "2", "17.2": "2222", "17.3": "22"},
}


def rows() -> list[tuple[str, ...]]:
    return [found.groups() for found in ROW.finditer(PAGE)]


def test_every_requirement_of_levels_1_and_2_has_one_line():
    by_section: dict[str, str] = {}
    for number, level, *_rest in rows():
        section = number.rpartition(".")[0]
        by_section[section] = by_section.get(section, "") + level
    assert by_section == LEVELS
    assert [row[0] for row in rows()] == [
        f"{section}.{place}" for section in LEVELS for place in range(1, len(LEVELS[section]) + 1)
    ]
    assert Counter(row[1] for row in rows()) == {"1": 70, "2": 183}


def test_each_line_names_a_test_a_document_or_a_reason():
    for number, _level, _what, state, how in rows():
        assert state in STATES, number
        assert len(how) >= 7, number


def test_each_test_that_is_named_is_there():
    named = {pair for row in rows() for pair in NAMED.findall(row[4])}
    assert len(named) > 100
    missing = [
        f"{file}::{name}"
        for file, name in sorted(named)
        if not (ROOT / "tests" / file).exists() or name not in names_in(ROOT / "tests" / file)
    ]
    assert missing == []
    assert PAGE.count("::") == sum(len(NAMED.findall(row[4])) for row in rows())


def names_in(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if hasattr(node, "name")}


def test_the_page_counts_its_own_lines():
    counted = Counter(row[3] for row in rows())
    told = dict(re.findall(r"^\| ([a-z ]+) \| .+ \| (\d+) \|$", PAGE, flags=re.MULTILINE))
    assert {state: int(told[state]) for state in STATES} == counted
