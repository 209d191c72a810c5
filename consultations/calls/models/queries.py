"""How consultations are read."""

from datetime import datetime

from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet

from consultations.calls import phases
from consultations.calls.phases import Phase


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
        found = self.live().select_related("host").defer_streamfields()
        # Wagtail reads every restriction of the site to leave pages out; mostly there is none.
        return found.public() if PageViewRestriction.objects.exists() else found

    def with_dispositions(self) -> "ConsultationQuerySet":
        """Load what was said and done as well, and of the long texts nothing else."""
        return self.defer(None).defer("background", "questionnaire_parts", "outcome_text")

    def with_questionnaire(self) -> "ConsultationQuerySet":
        """Load all texts, for what shows a questionnaire as a whole."""
        return self.defer(None)

    def by_deadline(self) -> "ConsultationQuerySet":
        """Order by deadline: the next to close comes first."""
        return self.order_by("closes_at", "pk")
