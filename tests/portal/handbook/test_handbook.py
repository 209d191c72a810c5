"""The handbook: each job has its page, found where it is done, that names what is there."""

import re
from pathlib import Path

import pytest
import wagtail
from django.urls import get_resolver, reverse
from wagtail.models import get_page_models

from portal.handbook.pages import FOLDER, handbook
from tests.staff import use_factor

ROOT = Path(__file__).resolve().parents[3]
PAGES = list(handbook().values())
WORDS = re.compile(r"\*\*([^*]+)\*\*")


@pytest.fixture(scope="module")
def every_source() -> str:
    """What the portal's source and Wagtail's say, on one line."""
    wings = [ROOT / name for name in ("portal", "consultations", "knowledge", "templates")]
    files = [path for wing in wings for path in wing.rglob("*") if path.suffix in {".py", ".html"}]
    files += (Path(wagtail.__file__).parent).rglob("locale/en/LC_MESSAGES/django*.po")
    said = " ".join(path.read_text(encoding="utf-8") for path in files)
    return re.sub(r'"\s*\n\s*_?\(?"|\s+', lambda m: "" if '"' in m[0] else " ", said)


def admin_addresses() -> set[str]:
    """Every name that an address of the portal has, with its namespace."""
    names, resolver = set(), get_resolver()
    inner = {f"{space}:": each for space, (_prefix, each) in resolver.namespace_dict.items()}
    for prefix, each in {"": resolver, **inner}.items():
        names |= {f"{prefix}{name}" for name in each.reverse_dict if isinstance(name, str)}
    return names


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_each_page_is_found_where_its_job_is_done(page):
    kinds_of_page = {model._meta.model_name for model in get_page_models()}
    for place in page.places:
        address, _, kind = place.partition(" ")
        assert address in admin_addresses(), place
        assert not kind or kind in kinds_of_page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_what_a_page_says_is_pressed_or_filled_in_is_there(page, every_source):
    """Bold words are those of buttons, fields and headings, to the sign."""
    said = [re.sub(r"\s+", " ", words) for words in WORDS.findall(page.body)]
    assert said
    assert [words for words in said if words not in every_source] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_each_page_shows_pictures_with_words_for_who_cannot_see_them(page):
    shown = re.findall(r"!\[([^\]]*)\]\(pictures/([^)]+)\)", page.body)
    assert shown
    for words, name in shown:
        assert len(words) > 20
        assert (FOLDER / "pictures" / name).is_file(), name


def test_each_picture_is_on_a_page():
    bodies = "".join(page.body for page in PAGES)
    names = {path.name for path in (FOLDER / "pictures").glob("*.png")}
    assert {name for name in names if f"(pictures/{name})" not in bodies} == set()


@pytest.mark.django_db
def test_staff_read_it_in_the_admin(client, moderator):
    client.force_login(moderator)
    use_factor(client)
    index = client.get(reverse("handbook")).content.decode()
    for page in PAGES:
        assert page.title in index
        text = client.get(reverse("handbook_page", args=[page.slug])).content.decode()
        for address in re.findall(r'(?:src|href)="(/admin/handbook/[^"]+)"', text):
            assert client.get(address).status_code == 200
        assert ".md" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["../01-ask.md", "nothing.png", "..%2f..%2fREADME.md"])
def test_no_other_file_is_sent(client, moderator, name):
    client.force_login(moderator)
    use_factor(client)
    assert client.get(f"/admin/handbook/pictures/{name}", follow=True).status_code == 404


@pytest.mark.django_db
def test_nobody_else_reads_it(client):
    assert client.get(reverse("handbook")).status_code == 302
