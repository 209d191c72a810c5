"""What the programs of readers do with rebuilt files: open them, and call nobody."""

import io
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from portal.files.kinds import KINDS
from portal.files.limits import Limits
from portal.files.rebuilding.dispatch import rebuild
from tests.portal.files import canaries_pdf, canaries_tables, samples
from tests.portal.files.test_pdf import drawn, line, saved
from tests.portal.files.test_producers import SAMPLES


@pytest.fixture
def host() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and the first line of every call that comes there."""
    server = socket.create_server(("127.0.0.1", 0))
    calls: list[str] = []

    def listen() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                calls.append(connection.recv(4096).decode("latin-1").partition("\r")[0])
                connection.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n")

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.getsockname()[1]}", calls
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(timeout=5)


@pytest.fixture
def soffice() -> str:
    """A headless LibreOffice. On a machine of our own it may be missing, in CI never."""
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("soffice is missing: .ci/run installs LibreOffice")
        pytest.skip("needs LibreOffice (soffice): rebuilt files are opened in it")
    return found


def calling_pdf(url: str) -> bytes:
    """Calls when it is opened, when its page is, where somebody clicks, and for a picture."""
    action = f"<</S /URI /URI ({url}/pdf)>>"
    page = (
        f"/AA <</O {action}>> /Annots [<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /A {action}>>]"
    )
    document = pikepdf.open(io.BytesIO(drawn(line("words"), page=page)))
    document.Root.OpenAction = pikepdf.Object.parse(action.encode())
    picture = document.make_stream(b"", Subtype=pikepdf.Name.Image, Width=1, Height=1)
    picture.F = pikepdf.Dictionary(FS=pikepdf.Name.URL, F=pikepdf.String(f"{url}/stream"))
    document.pages[0].obj.Resources.XObject = pikepdf.Dictionary(X=picture)
    return saved(document)


def calling_workbook(url: str) -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = f'=WEBSERVICE("{url}/xlsx")'
    book.active["A2"] = "words"
    book.active["A2"].hyperlink = f"{url}/link"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def calling_files(host: str) -> dict[str, bytes]:
    url = f"http://{host}"
    page = "http://host.example"
    files = samples.unpacked(canaries_tables.ods())
    content = files["content.xml"].replace(
        b"of:=CANARY-formula()", f"of:=WEBSERVICE(&quot;{url}/ods&quot;)".encode()
    )
    files["content.xml"] = content.replace(page.encode(), url.encode()).replace(
        b"Pictures/one.jpg", f"{url}/one.jpg".encode()
    )
    template = samples.rels(("rId1", "attachedTemplate", f"{url}/template.dotm"))
    return {
        "a.pdf": calling_pdf(url),
        "b.pdf": canaries_pdf.pdf()[0],
        "c.xlsx": calling_workbook(url),
        "d.xlsx": canaries_tables.xlsx(),
        "e.ods": samples.packed(files, stored=("mimetype",)),
        "f.csv": f'a;b\n1;"=WEBSERVICE(""{url}/csv"")"\n'.encode(),
        "g.docx": samples.docx(extra={"word/_rels/settings.xml.rels": template}),
        "h.txt": f"{url}/txt\n".encode(),
        **{
            name: (SAMPLES / name).read_bytes()
            for name in (
                "libreoffice-calc.ods",
                "libreoffice-calc.xlsx",
                "xlsxwriter.xlsx",
                "latex.pdf",
            )
        },
    }


@pytest.mark.libreoffice
def test_readers_open_what_is_made_and_it_calls_nobody(host, soffice, tmp_path):
    address, calls = host
    names = []
    for name, data in calling_files(address).items():
        made = rebuild(data, extension=name.partition(".")[2], keep_colour=False, limits=Limits())
        names.append(f"{name}.{KINDS[made.kind].extension}")
        (tmp_path / names[-1]).write_bytes(made.data)
    # A page that does call, so that silence means something.
    (tmp_path / "control.html").write_text(f'<img src="http://{address}/control">')
    for_office = [*(name for name in names if not name.endswith(".pdf")), "control.html"]
    opened_in_libreoffice(soffice, tmp_path, for_office)
    for name in for_office:
        assert (tmp_path / "out" / f"{name.rpartition('.')[0]}.pdf").stat().st_size > 500, name
    for name in names:
        if name.endswith(".pdf"):
            opened_in_pdfium(tmp_path / name)
    assert calls
    assert all("/control" in call for call in calls)


def opened_in_libreoffice(soffice: str, folder: Path, names: list[str]) -> None:
    subprocess.run(
        [
            soffice, "--headless", f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to", "pdf", "--outdir", "out", *names,
        ],
        cwd=folder, check=True, capture_output=True, timeout=120,
    )  # fmt: skip


def opened_in_pdfium(path: Path) -> None:
    """A PDF with everything done that its opening asks for."""
    with pypdfium2.PdfDocument(path) as document:
        assert not document.init_forms()  # no form, so no actions either
        assert document.get_formtype() == pdfium.FORMTYPE_NONE
        for page in document:
            page.render(scale=0.5).to_pil().load()
