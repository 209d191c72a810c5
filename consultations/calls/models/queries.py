"""How consultations are read."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.query import PageQuerySet

from consultations.calls import phases
from consultations.calls.phases import Phase
from portal.cms.models.restricted import is_restricted

# What a consultation has in rows of their own: few have all of them.
CARRIED = ("extensions", "corrigenda", "documents")


class ConsultationQuerySet(PageQuerySet):
    def in_phase(self, phase: Phase, at: datetime) -> "ConsultationQuerySet":
        """Return those in a phase at an aware instant; agrees with `phases.phase_of`."""
        return self.filter(phases.in_phase(phase, at))

    def closing_before(self, end: datetime, at: datetime) -> "ConsultationQuerySet":
        """Return those open at an aware instant that close before `end`, the next first."""
        return self.in_phase(Phase.OPEN, at).filter(closes_at__lt=end).by_deadline()

    def owing_outcome(self, at: datetime, closed_before: datetime) -> "ConsultationQuerySet":
        """Return those in analysis that closed before an instant, the longest closed first."""
        found = self.in_phase(Phase.CLOSED, at).filter(closes_at__lte=closed_before)
        return found.by_deadline()

    def readable(self) -> "ConsultationQuerySet":
        """Published and open to every reader, with the host, without the long texts."""
        found = self.live().exclude(is_restricted())
        return found.select_related("host").defer_streamfields()

    def with_what_it_carries(self) -> "ConsultationQuerySet":
        """Bring each with all that its page tells of it in one row, and what it has rows of."""
        asked = {name: Exists(self._rows(name)) for name in CARRIED}
        asked["restrictions"] = is_restricted()
        found = self.annotate(**{f"has_{name}": each for name, each in asked.items()})
        return found.select_related("host")

    def _rows(self, name: str) -> QuerySet:
        relation = self.model._meta.get_field(name)
        rows: QuerySet = relation.related_model.objects.all()
        return rows.filter(**{relation.field.name: OuterRef("pk")})

    def with_dispositions(self) -> "ConsultationQuerySet":
        """Load what was said and done as well, and of the long texts nothing else."""
        return self.defer(None).defer("background", "questionnaire_parts", "outcome_text")

    def with_questionnaire(self) -> "ConsultationQuerySet":
        """Load all texts, for what shows a questionnaire as a whole."""
        return self.defer(None)

    def by_deadline(self) -> "ConsultationQuerySet":
        """Order by deadline: the next to close comes first."""
        return self.order_by("closes_at", "pk")
