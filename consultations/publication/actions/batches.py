"""What of a consultation waits for publication, and what of that could be published together."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from consultations.calls.models import ConsultationPage
from consultations.publication.actions.readiness import require_ready
from consultations.publication.errors import NotPublishable
from consultations.publication.models import PublicCopy
from consultations.publication.permissions import held_back, is_due
from consultations.responses.models import ResponseVersion


@dataclass
class Batch:
    """
    All that waits for publication in a consultation.

    `ready` can be published together now; `held` have no name and too few beside them; of
    `unready` something must be done first, which is said beside each; `early` wait for the close.
    `too_few` are those of `early` that would be held back if nothing else were accepted.
    """

    page: ConsultationPage
    ready: list[PublicCopy] = field(default_factory=list)
    held: list[PublicCopy] = field(default_factory=list)
    unready: list[tuple[PublicCopy, NotPublishable]] = field(default_factory=list)
    early: list[PublicCopy] = field(default_factory=list)
    too_few: list[PublicCopy] = field(default_factory=list)


def batch_of(page: ConsultationPage, at: datetime) -> Batch:
    """Return what waits in a consultation at an aware instant, ordered by reference."""
    batch = Batch(page)
    for copy, newest in _waiting(page):
        try:
            require_ready(copy, newest, at)
        except NotPublishable as error:
            batch.unready.append((copy, error))
        else:
            (batch.ready if is_due(copy, at) else batch.early).append(copy)
    public = PublicCopy.objects.published().of(page).nameless().count()
    batch.held = held_back(batch.ready, public)
    batch.too_few = held_back(batch.early, public)
    held = {copy.pk for copy in batch.held}
    batch.ready = [copy for copy in batch.ready if copy.pk not in held]
    return batch


def _waiting(page: ConsultationPage) -> Iterator[tuple[PublicCopy, ResponseVersion | None]]:
    """Yield each copy that waits with the version that was sent last, None where it was erased."""
    copies = PublicCopy.objects.of(page).waiting().select_related("response", "version")
    of_these = ResponseVersion.objects.filter(response__public_copy__in=copies.values("pk"))
    newest = {each.response_id: each for each in of_these.order_by("number")}
    for copy in copies.order_by("response__reference"):
        copy.consultation = copy.response.consultation = page
        copy.version.response = copy.response
        version = newest[copy.response_id]
        yield copy, version if version.erased_on is None else None
