"""The page of every guide, in each language: valid HTML, and what axe finds in some of them."""

import json
import os
import random
import re
import shutil
import subprocess
import urllib.request
from itertools import product

import pytest
from playwright.sync_api import expect

from portal.management.library.loading import FOLDER
from tests.browser.conftest import PHONE, WIDE
from tests.browser.test_pages import EVERYWHERE, faults

WITH_BOXES = "/en/guides/end-use-check-checklist/"
# What leads to guides and what they lead to.
AROUND = [
    f"/{language}/{path}"
    for language in ("en", "ar")
    for path in (
        *("guides/", "learning/", "learning/first-ten-weeks/", "glossary/", "sources/"),
        "learning/first-ten-weeks/modules/what-a-catch-all-is/",
    )
] + [f"{WITH_BOXES}versions/", f"{WITH_BOXES}versions/1/"]
# Axe takes a second or more for a page: so many are drawn by lot, and others in the next run.
DRAWN = 8


@pytest.fixture
def checker() -> list[str]:
    """The command of the Nu checker; skips in plain words where there is none."""
    jar, java = os.environ.get("VNU"), shutil.which("java")
    if not (jar and java):
        if os.environ.get("CI") == "true":
            pytest.fail("no Nu checker, and continuous integration needs one")
        pytest.skip("no Nu checker here; `. .ci/vnu` brings it")
    return [java, "-jar", jar, "--format", "json", "--exit-zero-always", "--stdout"]


def said_at(portal, address: str) -> bytes:
    with urllib.request.urlopen(portal.at(address)) as answer:  # noqa: S310
        return answer.read()


@pytest.fixture
def addresses(portal) -> list[str]:
    """The pages of all guides, as search engines are told of them."""
    told = said_at(portal, "/sitemap.xml").decode()
    found = re.findall(r"<loc>[^<]*?(/[a-z]+/guides/[^</]+/)</loc>", told)
    written = {path.name.split(".")[0] for path in (FOLDER / "guides").glob("*.toml")}
    assert written <= {address.split("/")[3] for address in found}
    assert len(found) >= len(list((FOLDER / "guides").glob("*.toml")))
    return found


def test_the_page_of_every_guide_is_valid(portal, addresses, checker, tmp_path):
    asked = [*addresses, *AROUND]
    for number, address in enumerate(asked):
        (tmp_path / f"{number}.html").write_bytes(said_at(portal, address))
    said = subprocess.run(
        [*checker, *sorted(map(str, tmp_path.glob("*.html")))],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    found = [
        (
            asked[int(re.search(r"(\d+)\.html", each["url"])[1])],
            each["message"],
            each.get("extract"),
        )
        for each in json.loads(said.stdout)["messages"]
        # Besides, it remarks on style: <br/>, as the editor writes it.
        if each["type"] != "info" or each.get("subType") == "warning"
    ]
    assert found == []


def test_the_checker_says_what_is_wrong(checker, tmp_path):
    """It would be of no use if it passed everything."""
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=en><title>A</title><ul><p>Text</p></ul>")
    said = subprocess.run([*checker, page], capture_output=True, text=True, check=True, timeout=300)
    assert [each["type"] for each in json.loads(said.stdout)["messages"]].count("error") == 1


def test_axe_finds_nothing_in_guides_drawn_by_lot(someone, addresses):
    visitor = someone(viewport=PHONE)
    drawn = addresses if EVERYWHERE else random.sample(addresses, DRAWN)
    for address in drawn:
        assert faults(visitor.visit(address)) == [], address


def test_marks_alone_in_a_cell_are_far_enough_from_each_other(someone):
    """In both languages, whichever way they are laid out there: 24 px from middle to middle."""
    for language in ("en", "ar"):
        page = someone(viewport=PHONE).visit(f"/{language}/guides/first-law-essential-parts/")
        pairs = page.evaluate(
            """() => [...document.querySelectorAll("td .cited + .cited")].map(each => {
                const [one, other] = [each.previousElementSibling, each].map(mark => {
                    const box = mark.getBoundingClientRect()
                    return [box.x + box.width / 2, box.y + box.height / 2]
                })
                return Math.hypot(one[0] - other[0], one[1] - other[1])
            })"""
        )
        assert len(pairs) >= 3
        assert min(pairs) >= 24


def test_a_column_keeps_to_one_side_whatever_its_cells_hold(someone):
    """Marks and codes too, which have no Arabic letter, stand at the right in an Arabic table."""
    for language, guide in product(
        ("en", "ar"), ("first-law-essential-parts", "adopting-and-updating-a-control-list")
    ):
        page = someone(viewport=WIDE).visit(f"/{language}/guides/{guide}/")
        gaps = page.evaluate(
            """() => [...document.querySelectorAll(".guide__body :is(td, th)")]
                .filter(cell => cell.innerText.trim()).map(cell => {
                    const range = document.createRange(), style = getComputedStyle(cell)
                    range.selectNodeContents(cell)
                    const boxes = [...range.getClientRects()].filter(box => box.width)
                    const side = cell.getBoundingClientRect()
                    const right = Math.max(...boxes.map(box => box.right))
                    const left = Math.min(...boxes.map(box => box.left))
                    return getComputedStyle(cell.closest("table")).direction === "rtl"
                        ? side.right - parseFloat(style.paddingRight) - right
                        : left - side.left - parseFloat(style.paddingLeft)
                })"""
        )
        assert len(gaps) >= 20
        assert max(gaps) <= 4, (language, guide)


def test_what_is_ticked_is_sent_nowhere_and_forgotten(someone):
    page = someone(viewport=PHONE).visit(WITH_BOXES)
    went: list[str] = []
    page.on("framenavigated", lambda frame: went.append(frame.url))
    box = page.locator(".ticks input").first
    box.check()
    box.press("Enter")
    expect(box).to_be_checked()
    assert went == []
    page.goto(page.url.replace(WITH_BOXES, "/en/glossary/"))
    page.go_back()
    expect(page.locator(".ticks input").first).not_to_be_checked()
