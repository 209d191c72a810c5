"""A pack of guides: pages that need no network, files as they are listed, and a signature."""

import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils import timezone, translation
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from knowledge.guide_files.models import GuideFile
from knowledge.guides.versions.actions import keep_version
from knowledge.packs import actions, keys
from knowledge.packs.actions import make
from knowledge.packs.models import PackedGuide, PackEntry
from knowledge.packs.rendering import OPENSSL
from knowledge.packs.schema import UnreadableError, read_manifest
from portal.record.models import Entry
from tests.knowledge.factories import GuidePageFactory

pytestmark = pytest.mark.django_db
LOADED = {"img": "src", "link": "href", "script": "src", "iframe": "src", "source": "src"}


def manifest_in(folder) -> dict:
    return json.loads((folder / "manifest.json").read_text())


def files_in(folder) -> set[str]:
    return {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}


def verified(folder, *arguments) -> subprocess.CompletedProcess:
    command = [sys.executable, "verify.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def by_openssl(folder) -> int:
    assert shutil.which("openssl")
    return subprocess.run(OPENSSL.split(), cwd=folder, capture_output=True).returncode


def test_a_pack_holds_pages_files_and_what_checks_them(guides, unpack):
    folder = unpack(guides)
    for name in ("index.html", "style.css", "LICENCE.txt", "verify.py", "SIGNATURE"):
        assert (folder / name).stat().st_size
    lesson, other = folder / "en/a-lesson", folder / "en/end-user"
    assert {each.name for each in lesson.iterdir()} == {
        *("a-lesson.html", "a-lesson.docx", "a-lesson.odt", "a-lesson.pptx")
    }
    assert {each.name for each in other.iterdir()} == {"end-user.html"}
    index = BeautifulSoup((folder / "index.html").read_text(), "html.parser")
    local = [each["href"] for each in index.select("a") if "://" not in each["href"]]
    assert "en/a-lesson/a-lesson.pptx" in local
    assert all((folder / each).is_file() for each in local)
    assert "copied and handed on" in (folder / "LICENCE.txt").read_text()
    assert "Redistribution" in (folder / "LICENCE.txt").read_text()


def test_no_page_loads_anything_that_is_not_in_the_pack(guides, unpack):
    folder = unpack(guides)
    pages = list(folder.rglob("*.html"))
    assert len(pages) == 3
    for page in pages:
        read = BeautifulSoup(page.read_text(), "html.parser")
        loads = [each[attr] for tag, attr in LOADED.items() for each in read.find_all(tag)]
        assert loads
        for each in loads:
            assert each.startswith("data:") or (page.parent / each).is_file(), each
        assert read.select("script, iframe, object, form, [style], [onclick]") == []
        for link in read.select("a[href]"):
            href = link["href"]
            assert href.startswith(("http", "#")) or (page.parent / href).is_file(), href
    styles = (folder / "style.css").read_text()
    assert "url(" not in styles
    assert "@import" not in styles
    shown = (folder / "en/end-user/end-user.html").read_text()
    assert "Regulation 821" in shown
    assert 'href="http://127.0.0.1:8000/en/guides/a-lesson/"' in shown


def test_pictures_stand_in_the_page(site_tree, unpack, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    image = get_image_model().objects.create(title="Map", file=get_test_image_file(size=(80, 60)))
    shown = {"image": image.pk, "alt_text": "A map of ports", "decorative": False}
    figure = {"image": shown, "caption": "Ports", "crop": "whole", "source": ""}
    guide = GuidePageFactory(slug="with-a-map")
    guide.body = json.dumps([{"type": "figure", "value": figure}])
    guide.save_revision().publish()
    guide.refresh_from_db()
    page = (unpack([guide]) / "en/with-a-map/with-a-map.html").read_text()
    picture = BeautifulSoup(page, "html.parser").img
    assert picture["alt"] == "A map of ports"
    assert picture["src"].startswith("data:image/")
    assert "srcset" not in picture.attrs


def test_the_manifest_lists_each_file_with_its_hash(guides, unpack):
    folder = unpack(guides)
    manifest = manifest_in(folder)
    listed = {each["path"]: each for each in manifest["files"]}
    assert files_in(folder) - listed.keys() == {"manifest.json", "SIGNATURE", "public-key.pem"}
    for path, each in listed.items():
        content = (folder / path).read_bytes()
        assert each["sha256"] == hashlib.sha256(content).hexdigest()
        assert each["size"] == len(content)
    page = listed["en/end-user/end-user.html"]
    assert (page["guide"], page["language"], page["version"]) == ("en/end-user", "en", 1)
    assert [each["guide"] for each in manifest["guides"]] == ["en/a-lesson", "en/end-user"]


def test_openssl_and_verify_py_find_the_pack_as_it_was_signed(guides, unpack):
    folder = unpack(guides)
    assert by_openssl(folder) == 0
    found = verified(folder)
    assert (found.returncode, found.stderr) == (0, "")
    assert "as they were signed" in found.stdout
    key = folder.parent / "from-the-page.pem"
    key.write_text(keys.public_keys()[0])
    assert verified(folder, str(key)).returncode == 0


def test_a_changed_or_missing_file_is_named(guides, unpack):
    folder = unpack(guides)
    page = folder / "en/end-user/end-user.html"
    page.write_text(page.read_text() + "more")
    (folder / "style.css").unlink()
    found = verified(folder)
    assert found.returncode == 1
    assert "CHANGED: en/end-user/end-user.html" in found.stdout
    assert "MISSING: style.css" in found.stdout


def test_a_changed_manifest_or_another_key_is_found_wrong(guides, unpack, settings):
    folder = unpack(guides)
    settings.PACK_KEY = ["somebody else's"]
    key = folder.parent / "other.pem"
    key.write_text(keys.public_keys()[0])
    assert "WRONG" in verified(folder, str(key)).stderr
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace("Asking", "Telling"))
    assert by_openssl(folder) != 0
    assert "WRONG" in verified(folder).stderr


def test_the_older_key_is_still_named_when_there_is_a_new_one(settings):
    settings.PACK_KEY = ["older"]
    before = keys.public_keys()
    settings.PACK_KEY = ["newer", "older"]
    assert keys.public_keys()[1:] == before


def test_the_same_guides_and_versions_give_the_same_bytes(guides):
    data = {"guides": [each.pk for each in guides]}
    first = make(data)
    PackedGuide.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(hours=30), tick=False):
        again = make({"guides": list(reversed(data["guides"]))})
    assert first.content == again.content
    assert first.name == again.name
    with translation.override("fr"):
        assert make(data).content != first.content


def test_the_content_stands_in_the_record_once_and_no_download_does(guides, unpack):
    folder = unpack(guides)
    make({"guides": [each.pk for each in guides]})
    entry = Entry.objects.get(kind="guides.pack")
    sha256 = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    assert entry.public
    assert entry.statement == {
        "kind": "guides.pack",
        "day": timezone.now().date().isoformat(),
        "sha256": sha256,
    }
    assert PackEntry.objects.get().record_leaf == entry.leaf
    call_command("verify_record", stdout=io.StringIO())
    make({"guides": [guides[0].pk]})
    assert Entry.objects.filter(kind="guides.pack").count() == 2


def test_the_record_takes_so_many_new_packs_a_day(guides, monkeypatch):
    monkeypatch.setattr(actions.ENTERED.__class__, "take", lambda *args: False)
    assert make({"guides": [guides[0].pk]}).content
    assert not Entry.objects.filter(kind="guides.pack").exists()


def test_a_pack_of_what_changed_brings_an_older_one_up_to_date(guides, unpack):
    folder = unpack(guides)
    old = read_manifest((folder / "manifest.json").read_bytes())
    lesson, other = guides
    other.title = "Asking more"
    other.save_revision().publish()
    keep_version(other, timezone.now())
    lesson.unpublish()
    changes = unpack([lesson, other], "changes", old)
    assert files_in(changes) == {
        *("manifest.json", "SIGNATURE", "public-key.pem", "LEFT.txt"),
        *("index.html", "en/end-user/end-user.html"),
    }
    left = (changes / "LEFT.txt").read_text().splitlines()
    assert left == [f"en/a-lesson/a-lesson.{each}" for each in ("docx", "html", "odt", "pptx")]
    shutil.copytree(changes, folder, dirs_exist_ok=True)
    for path in left:
        (folder / path).unlink()
    assert verified(folder).returncode == 0
    assert by_openssl(folder) == 0
    whole = unpack([other], "whole")
    assert files_in(whole) == files_in(folder) - {"LEFT.txt"}
    assert (whole / "manifest.json").read_bytes() == (folder / "manifest.json").read_bytes()


def test_a_guide_in_arabic_and_a_pack_for_its_readers_run_from_right_to_left(guides, unpack):
    arabic = GuidePageFactory(title="دليل", slug="dalil", content_language="ar")
    with translation.override("ar"):
        folder = unpack([arabic, guides[1]])
    page = BeautifulSoup((folder / "en/dalil/dalil.html").read_text(), "html.parser")
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    index = BeautifulSoup((folder / "index.html").read_text(), "html.parser")
    assert (index.html["lang"], index.html["dir"]) == ("ar", "rtl")
    assert [each["lang"] for each in index.select(".guides > li")] == ["ar", "en"]
    english = BeautifulSoup((folder / "en/end-user/end-user.html").read_text(), "html.parser")
    assert english.html["dir"] == "ltr"


def test_the_pdf_is_in_the_pack_once_it_is_made(guides, unpack):
    call_command("pack_guides", stdout=io.StringIO())
    guide = guides[1]
    GuideFile.objects.create(
        guide=guide,
        published_at=guide.last_published_at,
        digest="d",
        checked_on=timezone.localdate(),
        size=4,
        content=b"%PDF",
    )
    call_command("pack_guides", stdout=io.StringIO())
    assert (unpack(guides) / "en/end-user/end-user.pdf").read_bytes() == b"%PDF"


def test_housekeeping_packs_what_is_published_and_forgets_what_is_not(guides):
    out = io.StringIO()
    call_command("pack_guides", stdout=out)
    assert "Packed 2 guides" in out.getvalue()
    again = io.StringIO()
    call_command("pack_guides", stdout=again)
    assert again.getvalue() == ""
    guides[0].unpublish()
    call_command("pack_guides", stdout=again)
    assert list(PackedGuide.objects.values_list("pk", flat=True)) == [guides[1].pk]


def test_a_draft_or_a_guide_that_was_taken_down_is_in_no_pack(guides):
    draft = GuidePageFactory(live=False)
    made = make({"guides": [draft.pk, guides[0].pk]})
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert {each.split("/")[1] for each in archive.namelist() if "/" in each} == {"a-lesson"}
    with pytest.raises(ValueError, match="None of the guides"):
        make({"guides": [draft.pk]})


def test_more_than_a_pack_holds_is_refused(guides, monkeypatch):
    monkeypatch.setattr(actions, "MOST_BYTES", 100)
    with pytest.raises(actions.TooLargeError):
        make({"guides": [guides[0].pk]})


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"no", b"\xff\xfe", b"[]", b"{}", b"null", b"[" * 100_000),
        b'{"format": "code-in-practice/pack/1"}',
        b'{"format": "code-in-practice/pack/1", "files": {}}',
        b'{"format": "code-in-practice/pack/1", "files": [1]}',
        b'{"format": "code-in-practice/pack/1", "files": [{"path": 1, "sha256": "a"}]}',
        b'{"format": "code-in-practice/pack/1", "files": [], "files_sha256": "no"}',
        b'{"format": "code-in-practice/pack/1", "files": [{"path": "\\ud800", "sha256": "%s"}]}'
        % (b"a" * 64),
    ],
)
def test_what_is_no_manifest_is_refused_in_words(content):
    with pytest.raises(UnreadableError, match=r"manifest\.json"):
        read_manifest(content)
