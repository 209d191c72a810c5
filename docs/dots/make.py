"""
Place the dots of the map of states: which cells of a grid are whose land.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    .venv/bin/python docs/dots/make.py package knowledge/states/data/dots.csv

The package holds Natural Earth 4.1, which is in the public domain. Decision 50
(`docs/decisions/0050-a-map-of-dots.md`) says what was decided, and why.
"""

import csv
import json
import sys
from collections.abc import Iterator
from itertools import accumulate
from math import asin, cos, degrees, hypot, pi, radians, sin, sqrt
from pathlib import Path

from babel.core import get_global

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = 116
# The map's middle: nothing but sea is cut at the edge that lies opposite.
MIDDLE = 11
SOUTHMOST = -57
ANTARCTICA = "AQ"  # left out
# A state gives up a cell to a smaller neighbour where it keeps at least four.
KEEPS = 4

# Equal Earth (Šavrič, Patterson and Jenny 2018).
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
ROOT3 = sqrt(3)
WIDTH = 4 * pi / ROOT3 / A1
CELL = WIDTH / COLUMNS

# Land that Natural Earth has under no code.
UNCODED = {"N. Cyprus": "CY", "Somaliland": "SO", "Kosovo": "XK"}
# (of, its own code, west, south, east, north): what has a code of its own does not stand under
# another's; and Crimea, by resolution 68/262 of the General Assembly.
PARTS = (
    ("FR", "GF", -55, 1, -50, 7),
    ("FR", "GP", -62, 15.8, -60.9, 16.6),
    ("FR", "MQ", -61.3, 14.3, -60.7, 15),
    ("FR", "RE", 55, -21.5, 56, -20.7),
    ("FR", "YT", 44.9, -13.1, 45.4, -12.5),
    ("NO", "SJ", -10, 70.5, -7, 71.5),
    ("NO", "SJ", 10, 74, 35, 81),
    ("NO", "BV", 3, -55, 4, -54),
    ("NL", "BQ", -69, 12, -68, 12.5),
    ("NZ", "TK", -173, -10, -171, -8),
    ("RU", "UA", 32.4, 44.3, 36.65, 46.2),
)
# Where Natural Earth has no land of a code of its own.
PLACES = {"CC": (96.8, -12.2), "CX": (105.7, -10.5), "GI": (-5.35, 36.14), "UM": (-160, 0.3)}

Ring = list[tuple[float, float]]
Cell = tuple[int, int]


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Return where a place lies on the grid, in cells from its north-west corner."""
    turned = (longitude - MIDDLE + 180) % 360 - 180
    theta = asin(ROOT3 / 2 * sin(radians(latitude)))
    square = theta * theta
    slope = A1 + 3 * A2 * square + square**3 * (7 * A3 + 9 * A4 * square)
    x = 2 * ROOT3 * radians(turned) * cos(theta) / (3 * slope)
    y = theta * (A1 + A2 * square + square**3 * (A3 + A4 * square))
    return (x + WIDTH / 2) / CELL, (top() - y) / CELL


def top() -> float:
    theta = pi / 3
    return theta * (A1 + A2 * theta**2 + theta**6 * (A3 + A4 * theta**2))


def place_of(cell: Cell) -> tuple[float, float] | None:
    """Return the longitude and latitude of a cell's middle; None beyond the edge of the world."""
    x, y = (cell[0] + 0.5) * CELL - WIDTH / 2, top() - (cell[1] + 0.5) * CELL
    theta = y / A1
    for _round in range(12):
        square = theta * theta
        wrong = theta * (A1 + A2 * square + square**3 * (A3 + A4 * square)) - y
        slope = A1 + 3 * A2 * square + square**3 * (7 * A3 + 9 * A4 * square)
        theta -= wrong / slope
    square = theta * theta
    slope = A1 + 3 * A2 * square + square**3 * (7 * A3 + 9 * A4 * square)
    if abs(sin(theta) * 2 / ROOT3) > 1:
        return None
    turned = degrees(3 * x * slope / (2 * ROOT3 * cos(theta)))
    if abs(turned) > 180:
        return None
    return (turned + MIDDLE + 180) % 360 - 180, degrees(asin(sin(theta) * 2 / ROOT3))


def land(path: Path) -> dict[str, list[Ring]]:
    """Return the rings of each code's land, in degrees, from a TopoJSON file."""
    world = json.loads(path.read_text())
    scale, shift = world["transform"]["scale"], world["transform"]["translate"]

    def line(arc: list[list[int]]) -> Ring:
        xs, ys = (list(accumulate(step[axis] for step in arc)) for axis in (0, 1))
        return [
            (x * scale[0] + shift[0], y * scale[1] + shift[1]) for x, y in zip(xs, ys, strict=True)
        ]

    arcs = [line(arc) for arc in world["arcs"]]

    def ring(numbers: list[int]) -> Ring:
        """Join arcs; what crosses the 180th meridian goes on beyond it, and does not leap."""
        joined: Ring = []
        for number in numbers:
            for x, y in arcs[number] if number >= 0 else arcs[~number][::-1]:
                turns = round((joined[-1][0] - x) / 360) if joined else 0
                joined.append((x + 360 * turns, y))
        return joined

    found: dict[str, list[Ring]] = {}
    for each in world["objects"]["countries"]["geometries"]:
        whole = each.get("arcs", [])
        polygons = whole if each["type"] == "MultiPolygon" else [whole]
        code = UNCODED.get(each["properties"]["name"]) or code_of(each.get("id", ""))
        for numbers in (ring(one) for polygon in polygons for one in polygon):
            if code:
                found.setdefault(owner(code, numbers), []).append(numbers)
    return found


def code_of(number: str) -> str:
    """Return the code of two letters for one of three figures; empty where there is none."""
    return (get_global("territory_aliases").get(number) or [""])[0]


def owner(code: str, ring: Ring) -> str:
    """Return whose a ring is: the code's that Natural Earth has, or a part's that has its own."""
    x, y = middle(ring)
    for of, own, west, south, east, north in PARTS:
        if of == code and west <= x <= east and south <= y <= north and code != "RU":
            return own
    return code


def middle(ring: Ring) -> tuple[float, float]:
    return sum(x for x, _y in ring) / len(ring), sum(y for _x, y in ring) / len(ring)


def area(ring: Ring) -> float:
    """Return the area of a ring on the map, in cells."""
    points = [project(*point) for point in ring]
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairs)) / 2


def holds(rings: list[Ring], x: float, y: float) -> bool:
    """Say whether a place lies within the rings (even and odd)."""
    is_in = False
    for ring in rings:
        for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a:
                is_in = not is_in
    return is_in


def cells_of_land(rings: dict[str, list[Ring]]) -> dict[Cell, str]:
    """Return whose each cell is in whose land its middle lies."""
    boxes = {
        code: [
            (min(x for x, _ in r), max(x for x, _ in r), min(y for _, y in r), max(y for _, y in r))
            for r in each
        ]
        for code, each in rings.items()
    }
    found = {}
    rows = int(2 * top() / CELL) + 1
    for cell in ((column, row) for row in range(rows) for column in range(COLUMNS)):
        place = place_of(cell)
        if place is None or place[1] < SOUTHMOST:
            continue
        y = place[1]
        for code, each in rings.items():
            for x in (place[0] - 360, place[0], place[0] + 360):
                near = any(w <= x <= e and s <= y <= n for w, e, s, n in boxes[code])
                if near and holds(each, x, y):
                    found[cell] = part_of(code, x, y)
    return found


def part_of(code: str, x: float, y: float) -> str:
    for of, own, west, south, east, north in PARTS:
        if of == code and west <= x <= east and south <= y <= north:
            return own
    return code


def add_small(cells: dict[Cell, str], rings: dict[str, list[Ring]], codes: list[str]) -> None:
    """Give each code without a cell the nearest that is sea, or that a larger state can spare."""
    places = {}
    for code in codes:
        if code in rings:
            largest = max(rings[code], key=area)
            places[code] = (area(largest), middle(largest))
        elif code in PLACES:
            places[code] = (0.0, PLACES[code])
    missing = [code for code in places if code not in cells.values() and code != ANTARCTICA]
    for code in sorted(missing, key=lambda each: -places[each][0]):
        x, y = project(*places[code][1])
        held = list(cells.values())

        def is_free(cell: Cell, held: list[str] = held) -> bool:
            return cell not in cells or held.count(cells[cell]) > KEEPS

        near = sorted(
            ((int(x) + i, int(y) + j) for i in range(-9, 10) for j in range(-9, 10)),
            key=lambda cell: hypot(cell[0] + 0.5 - x, cell[1] + 0.5 - y),
        )
        cells[next(cell for cell in near if is_free(cell))] = code


def runs(cells: list[Cell]) -> Iterator[str]:
    """Write cells as runs in a row: "12.40" or "12.40-43", the row first."""
    at: list[int] = []
    for row, column in sorted((row, column) for column, row in cells):
        if at and at[0] == row and at[2] + 1 == column:
            at[2] = column
            continue
        if at:
            yield written(*at)
        at = [row, column, column]
    if at:
        yield written(*at)


def written(row: int, first: int, last: int) -> str:
    return f"{row}.{first}" + (f"-{last}" if last > first else "")


def main(atlas: Path, target: Path) -> None:
    with (ROOT / "portal/stakeholders/data/states.csv").open(newline="") as states:
        codes = [row["iso2"] for row in csv.DictReader(states)]
    cells = cells_of_land(land(atlas / "countries-110m.json"))
    add_small(cells, land(atlas / "countries-10m.json"), codes)
    west = min(column for column, _row in cells)
    north = min(row for _column, row in cells)
    with target.open("w", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["iso2", "cells"])
        for code in sorted(set(cells.values())):
            own = [(x - west, y - north) for (x, y), each in cells.items() if each == code]
            table.writerow([code, " ".join(runs(own))])
    without = [code for code in codes if code not in cells.values()]
    print(f"{len(cells)} cells, {len(set(cells.values()))} codes; without a cell: {without}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
