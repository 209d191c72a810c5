"""
Every PDF that the demonstration has meets PDF/UA-1: veraPDF itself says so, of all in one process.

`. .ci/verapdf/fetch` brings it and names its folder in VERAPDF.
"""

import io
import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from consultations.calls.models import ConsultationPage
from knowledge.guide_files.models import GuideFile
from knowledge.guide_files.rendering import address_of, html_of, picture_at
from knowledge.guides.models import GuidePage
from knowledge.learning.rendering import made_of
from portal.management.demo.consultations import load_consultations
from portal.management.demo.guides import load_guides
from portal.management.demo.people import load_people
from portal.management.demo.translations import load_texts
from portal.pdf import pango
from portal.pdf.rendering import pdf_of
from tests.knowledge.factories import GuidePageFactory

# One each for what is loaded, made and held against the rules: they need each other.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("pdf_ua")]


@pytest.fixture
def verapdf() -> list[str]:
    """The command of the checker; skips in plain words where there is none."""
    folder, java = os.environ.get("VERAPDF"), shutil.which("java")
    missing = (
        "" if folder and java else "no veraPDF here; on Debian `. .ci/verapdf/fetch` brings it"
    )
    missing = missing if pango.is_installed() else "no Pango here, so there is no PDF"
    if missing and os.environ.get("CI") == "true":
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    return [str(java), "-cp", f"{folder}:{folder}/*", "UaCheck"]


@pytest.fixture
def demonstration(site_tree) -> None:
    """The demonstration's guides and consultations, whose texts are all that is made into PDF."""
    now = timezone.now()
    call_command("create_site", verbosity=0)
    load_people("a-password-of-this-test")
    load_guides(now)
    load_consultations(now)
    load_texts()


def guides() -> Iterator[tuple[str, bytes]]:
    call_command("make_guide_files", seconds=600, stdout=io.StringIO())
    for file in GuideFile.objects.select_related("guide"):
        yield f"{file.guide.written_in}-{file.guide.slug}", bytes(file.content)


def questionnaires(client) -> Iterator[tuple[str, bytes]]:
    for page in ConsultationPage.objects.live():
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                address = reverse("calls:form_pdf", args=[page.slug])
            answer = client.get(address)
            if answer.status_code == 200:
                yield f"{code}-form-{page.slug}", answer.content


def test_every_pdf_of_the_demonstration_meets_pdf_ua(verapdf, demonstration, client, tmp_path):
    names = []
    for kind in (guides(), questionnaires(client)):
        before = len(names)
        for name, content in kind:
            path = tmp_path / f"{name}.pdf"
            path.write_bytes(content)
            names.append(path.name)
        assert len(names) > before
    assert GuideFile.objects.filter(size__gt=0).count() == GuidePage.objects.live().count()
    said = checked(verapdf, tmp_path, names)
    assert said.returncode == 0, said.stdout
    assert said.stdout.count(": PDF/UA-1") == len(names)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_guide_of_every_kind_of_block_meets_pdf_ua(verapdf, site_tree, tmp_path, language):
    """As each block shows itself to editors, those that will be added too; and with a picture."""
    guide = GuidePageFactory(content_language=language)
    block = guide.body.stream_block
    kinds = [*block.child_blocks.items(), ("paragraph", block.child_blocks["paragraph"])]
    guide.body = [(name, kind.normalize(kind.get_preview_value())) for name, kind in kinds]
    picture = get_image_model().objects.create(
        title="A gate", file=get_test_image_file("gate.png"), description="A closed gate"
    )
    shown = {"image": picture, "caption": "At the border", "crop": "whole"}
    guide.body.append(("figure", block.child_blocks["figure"].normalize(shown)))
    made = pdf_of(html_of(guide), base_url=address_of(guide), fetch=picture_at)
    (tmp_path / "every-block.pdf").write_bytes(made)
    assert len(PdfReader(io.BytesIO(made)).pages[0].images) == 1
    said = checked(verapdf, tmp_path, ["every-block.pdf"])
    assert said.returncode == 0, said.stdout


def test_a_certificate_meets_pdf_ua_in_each_language(verapdf, tmp_path):
    """With a name and without, and with guides in another language than the paper's."""
    guides = [{"title": "Ask", "slug": "ask", "language": "en", "version": 2, "guide": "x"}]
    paper = {"title": "First", "language": "en", "hours": 9, "guides": guides, "day": "2026-12-01"}
    names = []
    for code, _name in settings.LANGUAGES:
        for name in ("", "ليلى Mona"):
            with translation.override(code):
                made = made_of({**paper, "number": str(uuid.uuid4()), "name": name})
            names.append(f"{code}-{bool(name)}.pdf")
            (tmp_path / names[-1]).write_bytes(made.content)
    assert len(PdfReader(io.BytesIO(made.content)).pages[0].images) == 1
    said = checked(verapdf, tmp_path, names)
    assert said.returncode == 0, said.stdout


def test_the_checker_says_what_is_wrong(verapdf, tmp_path):
    """It would be of no use if it passed what is not tagged, or cannot be read."""
    from weasyprint import HTML

    page = HTML(string="<html lang=en><title>A</title><p>Text</p>")
    page.write_pdf(tmp_path / "untagged.pdf")
    (tmp_path / "nothing.pdf").write_bytes(b"no PDF")
    said = checked(verapdf, tmp_path, ["untagged.pdf", "nothing.pdf"])
    assert said.returncode == 1
    assert said.stdout.count(": not PDF/UA-1") == 2


def checked(verapdf: list[str], folder: Path, names: list[str]) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*verapdf, *names], cwd=folder, capture_output=True, text=True, timeout=300
    )
