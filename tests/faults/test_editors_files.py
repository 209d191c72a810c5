"""
What an editor is made to pass on, and what somebody without an account looks for: hostile files on
the way that editors' files take, and the copies of a private picture.
"""

import io
import itertools
import shutil
import struct
import subprocess
import time
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, CollectionViewRestriction

from portal.files.editorial.actions import examine
from tests.factories import UserFactory
from tests.portal.files.conftest import clamd, media  # noqa: F401 - fixtures
from tests.portal.files.editorial.samples import NAMES, part, repacked, sample, unpacked
from tests.portal.files.hostile import EICAR

pytestmark = [pytest.mark.faults, pytest.mark.django_db]

SECONDS = 30
MEGABYTE = 1024 * 1024


def zip_bomb():
    return repacked(sample("template.odt"), {"content.xml": b"<a>" + b" " * (60 * MEGABYTE)})


def entity_bomb():
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{lines}]><x>&e9;</x>'
    return repacked(sample("template.docx"), {"word/document.xml": bomb.encode()})


def fetching_entity():
    bomb = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    return repacked(sample("template.docx"), {"word/document.xml": bomb})


def deep_xml():
    return repacked(sample("template.docx"), {"word/document.xml": b"<a>" * 200_000})


def wide_xml():
    return repacked(sample("template.docx"), {"word/document.xml": b"<a>" + b"<b/>" * 9_000_000})


def chain_of_parts():
    """Each part leads to the next; walked by calls within calls it would end the reader."""
    parts = {}
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
    for number in range(1_500):
        parts[f"word/h{number}.xml"] = b"<a/>"
        parts[f"word/_rels/h{number}.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="a" Type="{kind}" Target="h{number + 1}.xml"/></Relationships>'
        ).encode()
    rels = part(sample("template.docx"), "word/_rels/document.xml.rels")
    more = f'<Relationship Id="z" Type="{kind}" Target="h0.xml"/></Relationships>'.encode()
    parts["word/_rels/document.xml.rels"] = rels.replace(b"</Relationships>", more)
    return repacked(sample("template.docx"), parts)


def pdf_object_bomb():
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * MEGABYTE) for _ in range(1_500)) + packer.flush()
    head = b"%PDF-1.7\n1 0 obj<</Type/ObjStm/N 1/First 6/Filter/FlateDecode/Length "
    return head + str(len(packed)).encode() + b">>stream\n" + packed + b"\nendstream endobj\n%%EOF"


def deep_pdf():
    with pikepdf.open(io.BytesIO(sample("article.pdf"))) as pdf:
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    deep = out.getvalue().replace(b"/Type /Catalog", b"/Type /Catalog /X " + b"[" * 100_000, 1)
    assert deep != out.getvalue()
    return deep


def picture_bomb():
    """Sixty thousand rows of sixty thousand white points; Pillow would take 3.6 GB to make it."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    packer = zlib.compressobj(1)
    row = b"\0" + b"\xff" * 7_500
    packed = b"".join(packer.compress(row * 100) for _ in range(600)) + packer.flush()
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def climbing_names():
    out = io.BytesIO(sample("template.odt"))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("../../../../tmp/climbed", b"x")
    return out.getvalue()


# May be taken or refused; what matters is what does not happen.
HOSTILE = {
    "zip-bomb.odt": zip_bomb,
    "entities.docx": entity_bomb,
    "fetching-entity.docx": fetching_entity,
    "deep.docx": deep_xml,
    "wide.docx": wide_xml,
    "chain.docx": chain_of_parts,
    "objects.pdf": pdf_object_bomb,
    "deep.pdf": deep_pdf,
    "pixels.png": picture_bomb,
    "climbing.odt": climbing_names,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_of_an_editors_costs_little_and_is_answered(media, client, editor, name):  # noqa: F811
    client.force_login(editor)
    app = "wagtailimages" if name.endswith("png") else "wagtaildocs"
    data = HOSTILE[name]()
    begun = time.monotonic()
    response = client.post(
        reverse(f"{app}:add"), {"title": "What I typed", "file": SimpleUploadedFile(name, data)}
    )
    assert time.monotonic() - begun < SECONDS
    if response.status_code == 200:
        fields = BeautifulSoup(response.content, "html.parser").select(".w-field__errors")
        assert len("".join(field.get_text(strip=True) for field in fields)) > 30
        assert b"What I typed" in response.content
        assert not Document.objects.exists()
        assert not list(media.rglob("*.*"))
    assert not Path("/tmp/climbed").exists()  # noqa: S108 - where it would have climbed to
    assert b"root:" not in b"".join(unpacked(p.read_bytes()) for p in media.rglob("*.*"))


def test_the_real_scanner_sees_what_editors_upload(media, clamd, client, editor):  # noqa: F811
    client.force_login(editor)
    hidden = repacked(sample("template.docx"), {"word/media/image1.jpeg": EICAR})
    for name, data in (("a.txt", EICAR), ("a.docx", hidden)):
        fields = {"title": "T", "file": SimpleUploadedFile(name, data)}
        assert b"harmful software" in client.post(reverse("wagtaildocs:add"), fields).content
    assert not Document.objects.exists()


def parts_of_libreoffice():
    """The library of each part that this machine's LibreOffice has."""
    found = shutil.which("soffice")
    return {path.name for path in Path(found).resolve().parent.glob("lib*.so")} if found else set()


READERS = {"template": "libswlo.so", "table": "libsclo.so", "slides": "libsdlo.so"}


@pytest.mark.parametrize(
    "name", [n for n in NAMES if n.startswith(("template", "table", "slides"))]
)
def test_libreoffice_opens_what_was_prepared_and_reads_the_same(name, tmp_path):
    """As text of a PDF that LibreOffice makes; the fields of a form are still fields."""
    if name.endswith(".pdf"):
        pytest.skip("a PDF is what is compared")
    if READERS[name.partition(".")[0]] not in parts_of_libreoffice():
        pytest.skip("needs LibreOffice with Writer, Calc and Impress")
    found = []
    for folder, data in (("before", sample(name)), ("after", examine(sample(name), name).data)):
        place = tmp_path / folder
        place.mkdir()
        (place / name).write_bytes(data)
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir"]
        subprocess.run([*command, str(place), str(place / name)], check=True, capture_output=True)
        with pikepdf.open(place / f"{Path(name).stem}.pdf") as pdf:
            form = pdf.Root.get("/AcroForm")
            fields = sorted(str(field.T) for field in form.Fields) if form is not None else []
            pages = [page.Contents.read_bytes() for page in pdf.pages]
        found.append((fields, len(pages), [len(page) for page in pages]))
    assert found[0] == found[1]
    if name in ("template.docx", "template.odt"):
        assert found[1][0] == ["end-user", "military"]


class TestAPrivatePicture:
    """Everything that an attacker without an account, and one with, can ask for."""

    @pytest.fixture
    def private(self):
        collection = Collection.get_first_root_node().add_child(name="Private")
        CollectionViewRestriction.objects.create(collection=collection, restriction_type="groups")
        return collection

    @pytest.fixture
    def picture(self, media, private):  # noqa: F811
        file = SimpleUploadedFile("photograph.jpg", sample("photograph.jpg"))
        return Image.objects.create(title="Map", collection=private, file=file)

    def attackers(self, member):
        signed_in = Client()
        signed_in.force_login(member)
        return [Client(), signed_in]

    def test_no_spelling_of_any_address_gives_its_bytes(self, media, picture, member):  # noqa: F811
        for size in ("width-20", "max-165x165", "fill-16x16", "original"):
            picture.get_rendition(size)
        kept = [path.relative_to(media) for path in media.rglob("*") if path.is_file()]
        assert len(kept) == 5
        spellings = set()
        for path in kept:
            for start, end in itertools.product(
                ("/media/", "/media/images/", "/media/images/../", "/media/renditions/", "/"),
                ("", "/", "?", "%00", "#x"),
            ):
                for name in (str(path), path.name, f"images/{path.name}", str(path).upper()):
                    spellings.add(f"{start}{name}{end}")
                    spellings.add(f"{start}{name.replace('/', '%2f')}{end}")
                    spellings.add(f"{start}./{name}{end}".replace("//", "/"))
        assert len(spellings) > 400
        for attacker in self.attackers(member):
            for address in spellings:
                for method in (attacker.get, attacker.head, attacker.options):
                    answer = method(address, headers={"Range": "bytes=0-10"})
                    assert b"\xff\xd8\xff" not in answer.getvalue(), address
                    assert answer.headers.get("Content-Type") != "image/jpeg", address

    def test_nothing_public_names_it(self, picture, member, site_tree):
        address = picture.get_rendition("width-20").url
        for attacker in self.attackers(member):
            for path in ("/en/", "/en/guides/", "/en/search/?q=map", "/sitemap.xml", "/feeds/"):
                assert address not in attacker.get(path, follow=True).getvalue().decode()

    def test_a_cache_in_between_keeps_nothing(self, picture, member):
        address = picture.get_rendition("width-20").url
        reader = UserFactory(is_superuser=True)
        staff = Client()
        staff.force_login(reader)
        assert staff.get(address).headers["Cache-Control"] == "private, no-store"
        for attacker in self.attackers(member):
            told = attacker.get(address).headers
            assert "public" not in told.get("Cache-Control", "")
            assert not {"ETag", "Last-Modified"} & set(told)
