"""
Makes the files of this folder by the programs that people make such files with.

Run once, by hand, where pdflatex, LibreOffice, Chromium and these packages are (not those of the
portal alone): matplotlib, reportlab, fpdf2, openpyxl, XlsxWriter, WeasyPrint, Pillow, pillow-heif.

    python tests/portal/files/samples/make.py

Those whose names say what is odd about them (`bom-first.pdf`, `xlsx-vml-br.xlsx`, …) were made by
hand after files that people really sent. The words of `words.txt` stand in every document; those of
`latin.txt` alone where a program's own fonts know no other letters.
"""

import io
import shutil
import subprocess
import tempfile
import textwrap
from pathlib import Path

import fpdf
import matplotlib
import openpyxl
import pillow_heif
import weasyprint
import xlsxwriter
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen import canvas

HERE = Path(__file__).parent
LATIN = (
    "Before a licence is granted, the authority weighs whether the goods might help to commit"
    " serious violations of human rights, and it hears those who know the country.",
    "Où les entreprises vérifient l’usage final, les États échangent ce qu’ils ont appris.",
    "Las organizaciones señalan riesgos que ningún registro público muestra todavía.",
)
OTHERS = (
    "Государства сообщают друг другу об отказах в выдаче лицензий.",
    "تنظر السلطة في المخاطر قبل منح الترخيص",
)
TABLE = [["State", "Asked", "Refused"], ["Exampleland", 12, 3], ["Ruritania", 7, 0.25]]
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
AUTHOR = "CANARY Jane Doe"

HTML = (
    (
        "<html lang=en><head><meta charset=utf-8><title>Due diligence</title>"
        f"<meta name=author content='{AUTHOR}'>"
        "<style>body {{ font: 11pt 'DejaVu Sans' }}</style></head><body><h1>Due diligence</h1>"
        + "".join(f"<p>{each}</p>" for each in LATIN)
        + f"<p>{OTHERS[0]}</p><p dir=rtl lang=ar>{OTHERS[1]}</p>"
        + "<p style='color: #a8432b'>Coloured words</p><a href='https://example.org/'>A link</a>"
        + "<table border=1>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TABLE)
        + "</table></body></html>"
    )
    .replace("{{", "{")
    .replace("}}", "}")
)

LATEX = r"""\documentclass[11pt,a4paper]{article}
\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}\usepackage{graphicx}\usepackage{hyperref}
\hypersetup{pdfauthor={AUTHOR},pdftitle={Due diligence}}
\title{Due diligence}\author{The office}\date{}
\begin{document}\maketitle\tableofcontents
\section{Weighing}
TEXT
\[ \int_0^1 x^2\,dx = \frac13 \]
\section{A figure}\includegraphics[width=6cm]{chart.pdf}

\href{https://example.org/}{A link}\footnote{A remark at the foot.}
\end{document}
"""


def run(*command: str, folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def words() -> None:
    (HERE / "latin.txt").write_text("\n".join(LATIN) + "\n", encoding="utf-8")
    (HERE / "words.txt").write_text("\n".join([*LATIN, *OTHERS]) + "\n", encoding="utf-8")


def charts() -> None:
    """matplotlib's, with a capital S in the title: it names a glyph /S."""
    matplotlib.use("pdf")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(4, 3))
    axes.plot([1, 2, 3, 4], [3, 1, 4, 2], label="Refused")
    axes.plot([1, 2, 3, 4], [5, 6, 5, 7], label="Asked")
    axes.set_title("Shares by State")
    axes.legend()
    figure.savefig(HERE / "matplotlib.pdf", metadata={"Author": AUTHOR})
    figure.savefig(HERE / "matplotlib.png", dpi=80, metadata={"Author": AUTHOR})


def latex(folder: Path) -> None:
    """pdfLaTeX, with a picture included from a PDF: the /PTEX keys name its file and its maker."""
    shutil.copy(HERE / "matplotlib.pdf", folder / "chart.pdf")
    text = LATEX.replace("AUTHOR", AUTHOR).replace("TEXT", "\n\n".join(LATIN).replace("’", "'"))
    (folder / "latex.tex").write_text(text, encoding="utf-8")
    for _ in range(2):
        run("pdflatex", "-interaction=batchmode", "latex.tex", folder=folder)
    shutil.copy(folder / "latex.pdf", HERE)


def libreoffice(folder: Path) -> None:
    (folder / "writer.html").write_text(HTML, encoding="utf-8")
    (folder / "calc.csv").write_text(
        "\n".join(",".join(str(cell) for cell in row) for row in TABLE), encoding="utf-8"
    )
    soffice = ("soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile")
    run(*soffice, "--writer", "--convert-to", "odt:writer8", "writer.html", folder=folder)
    for kind in ("pdf", "docx"):
        run(*soffice, "--convert-to", kind, "writer.odt", folder=folder)
    for kind in ("ods", "xlsx", "pdf"):
        run(*soffice, "--convert-to", kind, "calc.csv", folder=folder)
    for name in ("writer.odt", "writer.docx", "writer.pdf", "calc.ods", "calc.xlsx", "calc.pdf"):
        shutil.copy(folder / name, HERE / f"libreoffice-{name}")


def browsers(folder: Path) -> None:
    (folder / "page.html").write_text(HTML, encoding="utf-8")
    run(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--print-to-pdf=chromium.pdf",
        "page.html", folder=folder,
    )  # fmt: skip
    shutil.copy(folder / "chromium.pdf", HERE)
    weasyprint.HTML(string=HTML).write_pdf(HERE / "weasyprint.pdf")


def libraries() -> None:
    page = canvas.Canvas(str(HERE / "reportlab.pdf"), pagesize=(420, 300))
    page.setAuthor(AUTHOR)
    for number, line in enumerate(LATIN):
        for part, words in enumerate(textwrap.wrap(line, 70)):
            page.drawString(20, 270 - 60 * number - 15 * part, words)
    page.save()
    made = fpdf.FPDF()
    made.set_author(AUTHOR)
    made.add_page()
    made.add_font("dejavu", fname=FONT)
    made.set_font("dejavu", size=12)
    made.set_text_shaping(False)
    for line in LATIN:
        made.multi_cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    made.output(str(HERE / "fpdf2.pdf"))


def workbooks() -> None:
    book = openpyxl.Workbook()
    book.properties.creator = AUTHOR
    for row in TABLE:
        book.active.append(row)
    book.save(HERE / "openpyxl.xlsx")
    written = xlsxwriter.Workbook(HERE / "xlsxwriter.xlsx")
    written.set_properties({"author": AUTHOR})
    sheet = written.add_worksheet("Licences")
    for number, row in enumerate(TABLE):
        sheet.write_row(number, 0, row)
    sheet.write_formula("D2", "=B2-C2", None, 9)
    sheet.write_comment("A1", "A remark", {"author": AUTHOR})
    chart = written.add_chart({"type": "column"})
    chart.add_series({"values": "=Licences!$B$2:$B$3"})
    sheet.insert_chart("E5", chart)
    written.close()


def sheet_of_paper(width: int = 1240, height: int = 1754) -> Image.Image:
    """A page as a scanner at 150 dots an inch sees it: a tinge, some noise, faint dots."""
    image = Image.new("RGB", (width, height), (247, 245, 240))
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, 24)
    for number, line in enumerate((*LATIN, OTHERS[0])):
        for part, words in enumerate(textwrap.wrap(line, 70)):
            draw.text((120, 150 + 140 * number + 40 * part), words, (28, 28, 34), font)
    draw.text((120, 1500), "signed by hand", (30, 40, 150), font)
    draw.point([(x, y) for x in range(9, width, 41) for y in range(7, height, 43)], (247, 247, 150))
    return image


def scanners() -> None:
    """A scanner's PDF: JPEG and nothing else; a fax in TIFF; a scan in PNG."""
    sheet = sheet_of_paper()
    sheet.save(HERE / "scanner.pdf", "PDF", quality=60, resolution=150, author=AUTHOR)
    sheet.convert("1", dither=Image.Dither.NONE).save(
        HERE / "fax.tif", "TIFF", compression="group4"
    )


def phones() -> None:
    """A photograph of a place, lying on its side, with maker and place; as JPEG, WebP and HEIC."""
    sky = Image.linear_gradient("L").resize((640, 480))
    photo = Image.merge(
        "RGB",
        [
            sky.point(lambda v: 110 + v // 3),
            sky.point(lambda v: 150 + v // 4),
            sky.point(lambda v: 225),
        ],
    )
    ImageDraw.Draw(photo).polygon(
        [(0, 300), (300, 200), (640, 330), (640, 480), (0, 480)], (70, 90, 50)
    )
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "CANARY-maker", "CANARY-model", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (46.0, 12.0, 9.0), 29: "CANARY-gps"})
    photo.save(HERE / "phone.jpg", "JPEG", quality=80, exif=exif)
    photo.save(HERE / "phone.webp", "WEBP", quality=60, exif=exif)
    pillow_heif.from_pillow(photo).save(
        HERE / "phone.heic", quality=50, exif=exif.tobytes(), xmp=b"<x>CANARY-xmp</x>"
    )
    out = io.BytesIO()
    photo.save(out, "MPO", exif=exif, save_all=True, append_images=[photo.resize((160, 120))])
    (HERE / "phone-two-pictures.jpg").write_bytes(out.getvalue())


if __name__ == "__main__":
    words()
    charts()
    libraries()
    workbooks()
    scanners()
    phones()
    with tempfile.TemporaryDirectory() as name:
        latex(Path(name))
        libreoffice(Path(name))
        browsers(Path(name))
