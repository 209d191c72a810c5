"""What is not taken, and the word for it; each word has its sentence."""

import io
import re
import zipfile
from pathlib import Path

import pikepdf
import pytest

from portal.files.editorial.actions import examine
from portal.files.editorial.dispatch import prepare
from portal.files.editorial.messages import LEFT, REFUSALS, REMOVED
from portal.files.editorial.result import Refused, Report
from portal.files.errors import FileRefused
from portal.files.limits import Limits
from tests.portal.files.editorial.samples import part, repacked, sample

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_RELS = "word/_rels/document.xml.rels"


def pdf(change):
    with pikepdf.open(io.BytesIO(sample("template.pdf"))) as made:
        how = change(made) or {}
        out = io.BytesIO()
        made.save(out, **how)
        return out.getvalue()


def attached(made):
    made.attachments["a.txt"] = pikepdf.AttachedFileSpec(made, b"x", filename="a.txt")


def locked(made):
    return {"encryption": pikepdf.Encryption(user="secret", owner="secret")}


def signed(made):
    made.Root.AcroForm.Fields[0].FT = pikepdf.Name.Sig
    made.Root.AcroForm.Fields[0].V = pikepdf.Dictionary(Type=pikepdf.Name.Sig)


def xfa(made):
    made.Root.NeedsRendering = True


def external(made):
    made.Root.Elsewhere = pikepdf.Stream(made, b"", F=pikepdf.String("\\\\host\\share"))


def related(kind, target="x.bin", mode=""):
    rels = part(sample("template.docx"), WORD_RELS)
    more = f'<Relationship Id="z" Type="{RELATIONSHIPS}/{kind}" Target="{target}" {mode}/>'
    changed = rels.replace(b"</Relationships>", more.encode() + b"</Relationships>")
    return repacked(sample("template.docx"), {WORD_RELS: changed, "word/x.bin": b"x"})


def macros():
    types = part(sample("template.docx"), "[Content_Types].xml")
    return repacked(
        sample("template.docx"),
        {
            "[Content_Types].xml": types.replace(
                b"openxmlformats-officedocument.wordprocessingml.document.main",
                b"ms-word.document.macroEnabled.main",
            )
        },
    )


def odt(parts):
    return repacked(sample("template.odt"), parts)


def fetched():
    content = part(sample("template.odt"), "content.xml")
    return odt({"content.xml": content.replace(b'"Pictures/', b'"https://telling.example/')})


def declared():
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    content = part(sample("template.odt"), "content.xml")
    return odt({"content.xml": content.replace(b"?>", b"?>" + entity, 1)})


def bomb():
    return odt({"Pictures/a.png": b"\0" * (Limits().archive_bytes + 1)})


def encrypted_odt():
    manifest = part(sample("template.odt"), "META-INF/manifest.xml")
    return odt(
        {
            "META-INF/manifest.xml": manifest.replace(
                b"</manifest:manifest>",
                b'<manifest:file-entry manifest:full-path="x"><manifest:encryption-data/>'
                b"</manifest:file-entry></manifest:manifest>",
            )
        }
    )


OUTSIDE = 'TargetMode="External"'
REFUSED = [
    ("pdf", lambda: pdf(attached), "embedded"),
    ("pdf", lambda: pdf(locked), "password"),
    ("pdf", lambda: pdf(signed), "signed"),
    ("pdf", lambda: pdf(xfa), "xfa"),
    ("pdf", lambda: pdf(external), "fetching"),
    ("pdf", lambda: b"%PDF-1.4 " + b"x" * 100, "damaged"),
    ("pdf", lambda: b"", "unrecognised"),
    ("pdf", lambda: sample("template.docx"), "disguised"),
    ("docx", macros, "macros"),
    ("docx", lambda: related("vbaProject"), "macros"),
    ("docx", lambda: related("control"), "macros"),
    ("docx", lambda: related("oleObject"), "embedded"),
    ("docx", lambda: related("aFChunk"), "embedded"),
    ("docx", lambda: related("video"), "media"),
    ("docx", lambda: related("image", "https://telling.example/a.png", OUTSIDE), "fetching"),
    ("docx", lambda: related("frame", "\\\\telling\\a", OUTSIDE), "fetching"),
    ("docx", lambda: related("image", "word/../x.png"), None),
    ("docx", lambda: sample("template.docx")[:4000], "damaged"),
    ("docx", lambda: sample("template.odt"), "disguised"),
    ("odt", lambda: odt({"Basic/Standard/m.xml": b"<x/>"}), "macros"),
    ("odt", lambda: odt({"META-INF/documentsignatures.xml": b"<x/>"}), "signed"),
    ("odt", lambda: odt({"Versions/Version1": b"x"}), "versions"),
    ("odt", fetched, "fetching"),
    ("odt", declared, "damaged"),
    ("odt", bomb, "too-costly"),
    ("odt", encrypted_odt, "password"),
    ("txt", lambda: b"a\0b", "unrecognised"),
    ("csv", lambda: "é".encode("latin-1"), "unrecognised"),
    ("csv", lambda: "é;1\r\n".encode(), None),
    ("txt", lambda: "é".encode("utf-16"), None),
    ("txt", lambda: b"one page\x0canother", None),
    ("jpg", lambda: sample("photograph.jpg"), None),
    ("png", lambda: sample("photograph.jpg"), "disguised"),
    ("html", lambda: b"<p>", "unrecognised"),
    ("svg", lambda: b"<svg/>", "unrecognised"),
]


@pytest.mark.parametrize(("extension", "make", "code"), REFUSED)
def test_what_is_refused_and_why(extension, make, code):
    if code is None:
        assert prepare(make(), extension, Report(), Limits())
        return
    with pytest.raises(Refused) as refused:
        prepare(make(), extension, Report(), Limits())
    assert refused.value.code == code
    assert str(REFUSALS[code]) % refused.value.parameters


def test_a_pdf_that_only_forbids_printing_is_taken_and_free_afterwards():
    data = pdf(lambda made: {"encryption": pikepdf.Encryption(user="", owner="secret")})
    data = prepare(data, "pdf", Report(), Limits())
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert not opened.is_encrypted


def test_in_a_process_of_its_own_it_is_the_same(settings):
    prepared = examine(sample("template.docx"), "Form.DOCX")
    assert ("hidden", "words that are hidden") in prepared.left
    assert zipfile.is_zipfile(io.BytesIO(prepared.data))
    with pytest.raises(FileRefused, match=r"called \.pdf, but what is in it is a \.docx"):
        examine(sample("template.docx"), "form.pdf")
    settings.FILE_LIMITS = {"memory_bytes": 200 * 1024 * 1024}
    with pytest.raises(FileRefused, match="more time or memory"):
        examine(b"x" * (150 * 1024 * 1024), "a.txt")


def test_every_word_that_a_reader_of_files_uses_has_its_sentence():
    folder = Path(__file__).parents[4] / "portal" / "files" / "editorial"
    text = "\n".join(path.read_text() for path in folder.glob("*.py"))
    told = set(re.findall(r'report\.tell\(\s*"(\w+)"', text))
    removed = set(re.findall(r'removed\.add\("(\w+)"\)', text))
    assert told <= set(LEFT)
    assert removed <= set(REMOVED)
    assert set(LEFT) <= told, "and no sentence is without its word"
