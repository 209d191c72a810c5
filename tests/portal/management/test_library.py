"""The files of the library become the first guides and paths, once, whole or not at all."""

import shutil
import tomllib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.db.models import Count
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import ReferenceIndex, Revision

from knowledge.guides.models import GuideIndexPage, GuidePage, GuideVersion
from knowledge.learning.models import PathPage
from knowledge.sources.marks import citations_in
from knowledge.sources.models import Source
from portal.cms.models.page_translation import PageTranslation
from portal.management.commands import create_site
from portal.management.library.checking import guides_with_faults
from portal.management.library.loading import CHECKED_ON, FOLDER, YEAR, load_library, reviews
from portal.management.library.loading.guides import slugs_in
from portal.management.library.loading.sources import load_sources
from portal.management.paths import load_paths
from tests.pages import ids_that_stand_twice
from tests.portal.management.library.files import write_path

pytestmark = pytest.mark.django_db
TWO = ("three-ministries-one-table", "case-study-cameras-for-a-festival-city")


@pytest.fixture
def three_languages(site_tree):
    call_command("create_site", languages=["fr", "ar"], verbosity=0)


@pytest.fixture
def folder(tmp_path) -> Path:
    """A library of two guides, of which one is in five languages and has a drawing."""
    for path in FOLDER.glob("*.toml"):
        shutil.copy(path, tmp_path)
    shutil.copytree(FOLDER / "figures", tmp_path / "figures")
    (tmp_path / "guides").mkdir()
    for slug in TWO:
        for path in (FOLDER / "guides").glob(f"{slug}.*"):
            shutil.copy(path, tmp_path / "guides")
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_whole_library_is_loaded_once_and_each_page_answers(site_tree, client, capsys):
    call_command("create_site", "--library")
    files = {tuple(path.name.split(".")[:2]) for path in (FOLDER / "guides").glob("*.toml")}
    left_out = guides_with_faults(FOLDER)
    wanted = {(slug, language) for slug, language in files if slug not in left_out}
    pages = GuidePage.objects.select_related("locale").live()
    assert {(page.slug, page.locale.language_code) for page in pages} == wanted
    told = capsys.readouterr()
    assert f"Library: {len(wanted)} guides published" in told.out
    assert told.err == ""
    for slug, language in sorted(wanted):
        answer = client.get(f"/{language}/guides/{slug}/")
        assert answer.status_code == 200, (language, slug)
        assert ids_that_stand_twice(answer) == [], (language, slug)
        html = answer.content.decode()
        assert 'class="cited"' in html, (language, slug)
        assert "{{" not in html, (language, slug)
    guide = pages.get(slug="end-use-check-checklist")
    used = ReferenceIndex.get_references_to(guide.unit)  # written at the end, as if it were saved
    assert used.filter(object_id=str(guide.pk)).exists()
    assert_paths_are_whole(told.out, client)
    counts = [GuidePage, PathPage, Source, Redirect, Revision, GuideVersion]
    before = [each.objects.count() for each in counts]
    changed = pages.get(slug="end-use-check-checklist")
    changed.title = "As editors have it"
    changed.save()
    call_command("create_site", "--library", verbosity=0)
    assert [each.objects.count() for each in counts] == before
    assert pages.get(pk=changed.pk).title == "As editors have it"
    for entry in tomllib.loads((FOLDER / "moved.toml").read_text())["moved"]:
        for language in ("en", "fr", "es", "ru", "ar"):
            answer = client.get(f"/{language}/guides/{entry['from']}/")
            assert answer.status_code == 301, entry
            assert answer.url == f"/{language}/guides/{entry['to']}/"
            assert answer.url not in {f"/en/guides/{slug}/" for slug in left_out}


def assert_paths_are_whole(told: str, client) -> None:
    """Each path of the files is on the learning page, in each language, with all its modules."""
    files = sorted((FOLDER / "paths").glob("*.toml"))
    assert f"Learning paths: {len(files)} published" in told
    for file in files:
        slug, language, _ = file.name.split(".")
        english = tomllib.loads(file.with_name(f"{slug}.en.toml").read_text())
        page = BeautifulSoup(client.get(f"/{language}/learning/{slug}/").content, "html.parser")
        assert page.h1.get_text(strip=True) == tomllib.loads(file.read_text())["title"]
        html = str(page.main)
        for module in english["module"]:
            assert f"/{module['guide']}/" in html, (file.name, module["guide"])
        assert f"/learning/{slug}/" in client.get(f"/{language}/learning/").content.decode()


def test_a_path_is_loaded_whole_or_not_at_all_and_the_others_are(three_languages, folder, client):
    third = "port-and-three-questions"
    for path in (FOLDER / "guides").glob(f"{third}.*"):
        shutil.copy(path, folder / "guides")
    write_path(folder, "of-those-here", TWO)
    write_path(folder, "of-one-that-is-not", (TWO[0], third))
    write_path(folder, "with-a-fault", TWO)
    change(folder / "paths" / "with-a-fault.ar.toml", 'title = "', 'titel = "')
    write_path(folder, "certificates", TWO)  # an address that is taken
    change(folder / "guides" / f"{third}.ar.toml", 'title = "', 'titel = "')
    load_library(print, folder=folder)
    told = load_paths(folder / "paths")
    pages = PathPage.objects.live().select_related("locale")
    assert {(page.slug, page.locale.language_code) for page in pages} == {
        ("of-those-here", language) for language in ("en", "fr", "ar")
    }
    assert "It comes first" in client.get("/ar/learning/of-those-here/").content.decode()
    assert [line.partition(":")[0] for line in told] == [
        "Not loaded",
        "Not loaded, for guides are not published",
        "Not loaded, for its files have faults (manage.py check_library)",
    ]
    assert "certificates" in told[0]
    assert told[1].endswith(f": of-one-that-is-not: {third}")
    assert told[2].endswith(": with-a-fault")


def test_a_new_portal_is_told_which_paths_it_lacks(site_tree, monkeypatch, capsys):
    monkeypatch.setattr(create_site, "load_library", lambda say: 0)
    call_command("create_site", "--library")
    told = capsys.readouterr()
    slugs = {path.name.split(".")[0] for path in (FOLDER / "paths").glob("*.toml")}
    assert "Learning paths: 0 published" in told.out
    assert len(told.err.splitlines()) == len(slugs)
    assert all(f": {slug}: " in told.err for slug in slugs)


def test_no_old_address_is_that_of_a_guide_and_each_leads_to_one():
    moved = tomllib.loads((FOLDER / "moved.toml").read_text())["moved"]
    slugs = set(slugs_in(FOLDER))
    assert len(moved) == len({each["from"] for each in moved}) == 24
    assert not slugs & {each["from"] for each in moved}
    assert {each["to"] for each in moved} <= slugs


def test_a_guide_in_three_languages_is_one_guide(three_languages, folder):
    assert load_library(print, folder=folder) == 4
    pages = GuidePage.objects.filter(slug=TWO[0])
    assert pages.values("translation_key").aggregate(n=Count("translation_key", distinct=True)) == {
        "n": 1
    }
    assert PageTranslation.objects.filter(page__in=pages).count() == 2
    assert {page.written_in for page in pages} == {"en", "fr", "ar"}


def test_it_is_reviewed_on_the_day_of_the_check_and_no_week_asks_for_more_than_five(
    site_tree, folder
):
    load_library(print, folder=folder)
    guide = GuidePage.objects.get(slug=TWO[1])
    assert (guide.reviewed_on, guide.review_due) == (CHECKED_ON, CHECKED_ON + YEAR)
    days = reviews(slugs_in(FOLDER), CHECKED_ON)
    due = [last for _first, last in days.values()]
    assert max(map(due.count, due)) == 5
    assert date(2027, 8, 30) < min(due) <= max(due) == CHECKED_ON + timedelta(days=365)


def test_its_source_is_the_one_that_it_cites_most_and_its_owner_no_demonstration(site_tree, folder):
    load_library(print, folder=folder)
    guide = GuidePage.objects.get(slug=TWO[1])
    cited = Counter(each.key for each in citations_in(guide.body.get_prep_value()))
    named = Source.objects.get(title=guide.source_title)
    assert cited[named.key] == max(cited.values())
    assert guide.source_url
    assert "demonstration" not in guide.unit.unit


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title = "', 'titel = "'),
        ('slug = "', "slug = "),
        ("{{f1: ", "{{no-such-source: "),
    ],
)
def test_of_a_guide_with_a_fault_nothing_is_loaded_and_everything_of_the_others(
    three_languages, folder, old, new
):
    change(folder / "guides" / f"{TWO[1]}.en.toml", old, new)
    told: list[str] = []
    assert load_library(told.append, folder=folder) == 3
    assert not GuidePage.objects.filter(slug=TWO[1]).exists()
    assert len(told) == 1
    assert TWO[1] in told[0]


def test_of_a_guide_that_no_editor_could_have_kept_so_nothing_stays_in_any_language(
    three_languages, folder
):
    change(
        folder / "guides" / f"{TWO[0]}.fr.toml", 'legal_status = "', f'legal_status = "{"а" * 300}'
    )
    told: list[str] = []
    made = load_library(told.append, folder=folder)
    assert made == GuidePage.objects.filter(slug=TWO[1]).count() == GuidePage.objects.count()
    assert any(TWO[0] in each for each in told)
    assert GuideIndexPage.objects.get(locale__language_code="en").numchild == made


def test_a_source_that_cannot_be_is_named_and_stops_it(site_tree, folder):
    change(folder / "sources.toml", 'kind = "soft-law"', 'kind = "poem"')
    with pytest.raises(CommandError, match="“a1”"):
        load_sources(folder)


def test_a_drawing_is_within_the_page_in_its_language_and_mirrored(three_languages, folder, client):
    for path in (folder / "guides").glob(f"{TWO[0]}.*"):
        text = path.read_text(encoding="utf-8")
        if 'figure = "' not in text:
            head = text.index('type = "figure"')
            tail = text.index("[[block]]", head)
            named = 'type = "figure"\nfigure = "way-of-a-file"\n\n'
            path.write_text(text[:head] + named + text[tail:], encoding="utf-8")
    load_library(print, folder=folder)
    words = tomllib.loads((FOLDER / "figures" / "way-of-a-file.toml").read_text())
    for language, mirror in (("fr", False), ("ar", True)):
        page = client.get(f"/{language}/guides/{TWO[0]}/")
        figure = BeautifulSoup(page.content, "html.parser").select_one("figure.drawing")
        said = words[language]
        assert figure.svg.title.get_text() == figure.strong.get_text() == said["title"]
        assert figure.svg.desc.get_text() == figure.details.p.get_text() == said["desc"]
        assert said["caption"] in figure.figcaption.get_text()
        assert said["words"]["arrives"][0] in figure.svg.get_text()
        assert ("scale(-1 1)" in str(figure.svg)) is mirror
        assert ('direction="rtl"' in str(figure.svg)) is mirror
        assert "{{" not in str(figure)
