"""The forms in which references are taken along."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge.sources.formats.bibtex import as_bibtex
from knowledge.sources.formats.plain import as_text
from knowledge.sources.formats.references import Reference, as_csl_json, of_guide, of_source
from knowledge.sources.formats.ris import as_ris
from knowledge.sources.formats.styled import as_apa, as_oscola
from portal.web.downloads import saved_as

__all__ = ["FORMS", "Form", "Reference", "answer", "of_guide", "of_source"]

TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Form:
    """A form of file: the last part of its address, what it is called, and how it is written."""

    file: str
    name: str | Promise
    media_type: str
    write: Callable[[list[Reference]], str]


FORMS = {
    each.file: each
    for each in (
        Form("bibtex.bib", "BibTeX", "application/x-bibtex; charset=utf-8", as_bibtex),
        Form("reference.ris", "RIS", "application/x-research-info-systems; charset=utf-8", as_ris),
        Form("csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json", as_csl_json),
        Form("plain.txt", _("In words"), TEXT, as_text),
        Form("apa.txt", "APA", TEXT, as_apa),
        Form("oscola.txt", "OSCOLA", TEXT, as_oscola),
    )
}


def answer(form: Form, name: str, references: Sequence[Reference]) -> HttpResponse:
    """Return references as a file that is saved under `name` and what its form is."""
    text = form.write(list(references))
    headers = saved_as(f"{name}-{form.file}")
    return HttpResponse(text, content_type=form.media_type, headers=headers)
