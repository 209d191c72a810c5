"""
Make the samples of this folder with the programs that people use: LibreOffice and pdfLaTeX.

    python tests/portal/files/editorial/make_samples.py

The samples are committed; no test runs this. Every name in them begins with "Canary".
"""

import base64
import io
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
SOURCES, SAMPLES = HERE / "sources", HERE / "samples"
TAGGED = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"PDFUACompliance":{"type":"boolean","value":"true"},'
    '"ExportFormFields":{"type":"boolean","value":"true"},'
    '"ExportNotes":{"type":"boolean","value":"true"}}'
)


def photograph() -> bytes:
    """What a phone makes: lying on its side, with a place, a name and a time."""
    picture = Image.new("RGB", (48, 32), (200, 30, 30))
    picture.paste((30, 30, 200), (0, 0, 24, 16))  # blue above to the left, before it is turned
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees to see it
    exif[0x010F], exif[0x013B] = "Canary-maker", "Canary-artist"
    exif[0x0132] = "2031:07:08 09:10:11"
    exif.get_ifd(0x8825)[2] = (46.0, 12.0, 20.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"Canary-remark", quality=90)
    return out.getvalue()


def convert(source: Path, to: str, folder: Path) -> None:
    subprocess.run(
        ["soffice", "--headless", "--convert-to", to, "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
    )


def main() -> None:
    SAMPLES.mkdir(exist_ok=True)
    (SAMPLES / "photograph.jpg").write_bytes(photograph())
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for source in SOURCES.glob("*.fod*"):
            text = source.read_text().replace("@JPEG@", base64.b64encode(photograph()).decode())
            (work / source.name).write_text(text)
        convert(work / "template.fodt", "odt", work)
        convert(work / "template.odt", "docx", SAMPLES)
        convert(work / "template.odt", TAGGED, SAMPLES)
        convert(work / "table.fods", "ods", work)
        convert(work / "table.ods", "xlsx", SAMPLES)
        convert(work / "slides.fodp", "pptx", SAMPLES)
        for each in ("template.odt", "table.ods"):
            (SAMPLES / each).write_bytes((work / each).read_bytes())
        (work / "canary-figure.tex").write_text(
            r"\documentclass{article}\pagestyle{empty}\begin{document}figure\end{document}"
        )
        (work / "article.tex").write_text((SOURCES / "article.tex").read_text())
        for each in ("canary-figure.tex", "article.tex"):
            command = ["pdflatex", "-interaction=batchmode", each]
            subprocess.run(command, cwd=work, check=True, capture_output=True)
        (SAMPLES / "article.pdf").write_bytes((work / "article.pdf").read_bytes())


if __name__ == "__main__":
    main()
