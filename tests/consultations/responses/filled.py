"""Forms as people fill them in away from the portal: as text, and as the PDF."""

import io

from pypdf import PdfReader, PdfWriter

from consultations.calls.offline import text_form

WHO = {"identity": "c", "submitter_type": "a", "language": "a"}


def write(form, name, text):
    """Type into one place of the text form."""
    mark = f"[[{name}]]\r\n"
    assert mark in form
    return form.replace(mark, f"{mark}{text}\r\n")


def tick(form, name, line):
    """Mark the option whose line begins so, in one place of the text form."""
    before, opening, rest = form.partition(f"[[{name}]]")
    region, closing, after = rest.partition(f"[[/{name}]]")
    assert f"[ ] {line}" in region
    return before + opening + region.replace(f"[ ] {line}", f"[x] {line}") + closing + after


def without_a_name(page, answers=None, **ticks):
    """The text form of civil society without a name; `answers` by number, `ticks` likewise."""
    form = text_form.render(page)
    for name, letter in WHO.items():
        form = tick(form, name, f"{letter}.")
    for number, text in (answers or {}).items():
        form = write(form, number, text)
    for number, line in ticks.items():
        form = tick(form, number.removeprefix("q"), line)
    return form


def filled_pdf(content, values):
    """The PDF form with values typed into its fields."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
