"""Pictures and documents as visitors get them, and the admin's form for a new document."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.documents.views import documents
from wagtail.documents.views.serve import serve
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError

from portal.cms.library.privacy import refusal
from portal.web.revalidation import revalidated

TYPES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}
# Not for longer: a picture that was made private is soon gone from caches too.
CACHED = "public, max-age=300"


@require_safe
@revalidated
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Send a copy of a picture in some size to whoever may see the picture."""
    renditions = get_image_model().get_rendition_model().objects
    rendition = get_object_or_404(
        renditions.select_related("image__collection"), file=f"images/{name}"
    )
    restricted = rendition.image.collection.get_view_restrictions()
    if restricted and (refused := refusal(rendition.image, request)):
        return refused
    try:
        with rendition.open_file() as file:
            response = HttpResponse(file.read())
    except SourceImageIOError:
        raise Http404 from None
    response["Content-Type"] = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    response["Content-Security-Policy"] = "default-src 'none'"
    response["Cache-Control"] = "private, no-store" if restricted else CACHED
    return response


@revalidated
def document(request: HttpRequest, document_id: int, name: str) -> HttpResponseBase:
    """Send a document as Wagtail does, to whoever may have it."""
    answer: HttpResponseBase = serve(request, document_id, name)
    if answer.get("Content-Encoding") == "None":  # Wagtail's word for none, which browsers lack
        del answer["Content-Encoding"]
    return answer


class AddDocumentView(documents.CreateView):
    """Leads to the document, where its editor sees what is left in the file."""

    def get_success_url(self) -> str:
        return reverse("wagtaildocs:edit", args=[self.object.pk])
