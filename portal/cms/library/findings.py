"""What readers can see in a document beside its pages, and which documents a page brings along."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.functional import Promise
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, ReferenceIndex, Revision, WorkflowState

from portal.files.editorial.actions import examine
from portal.files.editorial.messages import grouped
from portal.files.errors import FileRefused

REMEMBERED_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Findings:
    """A document, what is left in it by kind, and why it would not be taken today ("" if it is)."""

    document: AbstractDocument
    left: Sequence[tuple[str | Promise, Sequence[str]]]
    refusal: str = ""


def findings_in(document: AbstractDocument) -> Findings:
    """Read the stored file; remembered for a day under its hash, so a new file is read anew."""
    key = f"findings-{document.file_hash}-{document.file_extension.lower()}"
    found = cache.get(key) if document.file_hash else None
    if found is None:
        try:
            with document.open_file() as file:
                found = (list(examine(file.read(), document.filename).left), "")
        except FileRefused as refused:
            found = ([], str(refused))
        except FileNotFoundError:
            found = ([], "")
        cache.set(key, found, REMEMBERED_SECONDS)
    left, refusal = found
    return Findings(document, grouped(left), refusal)


def documents_of(page: Page) -> list[AbstractDocument]:
    """Return the documents of a page as it is in memory, wherever it refers to them, by title."""
    model = get_document_model()
    wanted = ReferenceIndex._get_base_content_type(model).pk
    references = ReferenceIndex._extract_references_from_object(page)
    ids = {pk for content_type, pk, *_ in references if content_type == wanted}
    return list(model.objects.filter(pk__in=ids).order_by("title"))


def pages_with(document: AbstractDocument) -> list[Page]:
    """Return the pages with a document that are live, wait for approval or are scheduled."""
    sources = [source.specific for source, _ in document.get_usage() if isinstance(source, Page)]
    pages = [page for page in sources if page.live]
    pages += [page for page in pages_under_approval() if document in documents_of(page)]
    return list({page.pk: page for page in pages}.values())


def pages_under_approval() -> Iterator[Page]:
    """Pages as they were handed in, and as they are scheduled to be published."""
    for state in WorkflowState.objects.active().select_related("base_content_type"):
        if isinstance(state.content_object, Page):
            yield state.content_object.get_latest_revision_as_object()
    for revision in Revision.page_revisions.filter(approved_go_live_at__isnull=False):
        yield revision.as_object()
