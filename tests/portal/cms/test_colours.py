"""Every colour has a name, for light and for dark, and is told from what it stands on."""

import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).resolve().parents[3] / "portal/design/scss"
NAMED = SOURCES / "_base.scss"
GROUNDS = ("paper", "sand")
# What is read, by the contrast that WCAG 2.2 asks of text (1.4.3).
TEXT = ("ink", "muted", "petrol", "petrol-deep", "visited", "deadline", "error", "success")
# What only has to be seen (1.4.11). Rules carry no meaning alone, so they are not among these.
SIGNS = ("border-field", "mid")
ON_THEIR_OWN_GROUND = (
    ("on-petrol", "petrol"),
    ("on-petrol", "petrol-deep"),
    ("on-petrol", "error"),
    ("on-petrol", "error-deep"),
    ("ink", "focus"),
    ("ink", "mark"),
    ("ink", "field"),
    ("ink", "tint"),
    ("on-strip", "strip"),
)


def colours(scheme: str) -> dict[str, str]:
    """The colours of "light" or "dark" by their names, as the style sheet's source has them."""
    block = NAMED.read_text().split(f"@mixin {scheme} {{")[1].split("}")[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block))


def luminance(colour: str) -> float:
    """Relative luminance, from 0 to 1, as WCAG 2.2 defines it."""
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(each * 2 for each in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_told_from_what_it_stands_on(scheme):
    named = colours(scheme)
    pairs = [(text, ground) for text in TEXT for ground in GROUNDS] + list(ON_THEIR_OWN_GROUND)
    found = {pair: contrast(named[pair[0]], named[pair[1]]) for pair in pairs}
    for (text, ground), ratio in found.items():
        print(f"{scheme}: {text} on {ground} {ratio:.1f}")
    assert {pair: ratio for pair, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_and_data_are_seen(scheme):
    named = colours(scheme)
    pairs = [(sign, ground) for sign in SIGNS for ground in (*GROUNDS, "field")]
    found = {pair: contrast(named[pair[0]], named[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < 3} == {}


def test_both_schemes_name_the_same_colours():
    assert set(colours("light")) == set(colours("dark"))


def test_no_colour_stands_outside_the_list():
    literal = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(")
    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted(SOURCES.glob("*.scss"))
        if path not in (NAMED, SOURCES / "_tokens.scss", SOURCES / "_print.scss")
        for line in path.read_text().splitlines()
        if literal.search(line) and "in the dark too" not in line and line.strip() != "color: #000;"
    ]
    assert found == []
