"""What the admin's templates ask about files."""

from django import template
from wagtail.models import Revision

from portal.cms.library.findings import Findings, documents_of, findings_in

register = template.Library()


@register.simple_tag
def files_of(revision: Revision) -> list[Findings]:
    """List what readers can see in the documents of a page as it stands in a revision."""
    return [findings_in(document) for document in documents_of(revision.as_object())]
