"""How public copies are read; whatever leaves this room passes `published`."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from consultations.calls.models import ConsultationPage
from consultations.responses.models import Handling, Response, Status


class PublicCopyQuerySet(models.QuerySet[Any]):
    def published(self) -> "PublicCopyQuerySet":
        """Return those that everybody may read now."""
        return self.filter(published_on__isnull=False, retired_on__isnull=True)

    def ever_published(self) -> "PublicCopyQuerySet":
        """Return those that everybody may read, and those that everybody could read once."""
        return self.filter(published_on__isnull=False)

    def of(self, consultation: ConsultationPage) -> "PublicCopyQuerySet":
        """Return those of one consultation."""
        return self.filter(consultation=consultation.pk)

    def waiting(self) -> "PublicCopyQuerySet":
        """Return those of accepted responses that are not published yet."""
        return self.filter(published_on=None, response__status=Status.ACCEPTED)

    def nameless(self) -> "PublicCopyQuerySet":
        """Return those published without a name."""
        return self.filter(display_name="")

    def to_show(self) -> "PublicCopyQuerySet":
        """Load all that a line about them says, in one query."""
        return self.select_related("response__organisation")

    def having_answered(self, question_ids: Iterable[str]) -> "PublicCopyQuerySet":
        """Return those with a public answer to one of these questions."""
        rows = self.model._meta.get_field("answered").related_model.objects
        return self.filter(pk__in=rows.filter(question__in=list(question_ids)).values("copy"))

    def after(self, anchor: Any, *, by_name: bool) -> "PublicCopyQuerySet":
        """Return what follows a copy in the order asked for."""
        later = Q(shuffle__gt=anchor.shuffle) | Q(shuffle=anchor.shuffle, pk__gt=anchor.pk)
        if not by_name:
            return self.filter(later)
        same = Q(display_name=anchor.display_name) & later
        if not anchor.display_name:
            return self.filter(same)
        return self.filter(same | Q(display_name__gt=anchor.display_name) | Q(display_name=""))

    def before(self, anchor: Any, *, by_name: bool) -> "PublicCopyQuerySet":
        """Return what comes before a copy in the order asked for."""
        earlier = Q(shuffle__lt=anchor.shuffle) | Q(shuffle=anchor.shuffle, pk__lt=anchor.pk)
        if not by_name:
            return self.filter(earlier)
        same = Q(display_name=anchor.display_name) & earlier
        if not anchor.display_name:
            return self.filter(same | ~Q(display_name=""))
        return self.filter(same | (Q(display_name__lt=anchor.display_name) & ~Q(display_name="")))

    def in_order(self, *, by_name: bool, backwards: bool = False) -> "PublicCopyQuerySet":
        """Order by name with those without one last, or in shuffle order."""
        order: list[Any] = [models.F("shuffle"), models.F("pk")]
        if by_name:
            nameless_last = models.Case(
                models.When(display_name="", then=1), default=0, output_field=models.IntegerField()
            )
            order = [nameless_last, models.F("display_name"), *order]
        return self.order_by(*(each.desc() if backwards else each.asc() for each in order))


def confidential_count(consultation: ConsultationPage) -> int:
    """Count the responses accepted as confidential: they are counted and not shown."""
    found: QuerySet[Response] = Response.objects.filter(
        consultation=consultation.pk, handling=Handling.CONFIDENTIAL, status=Status.ACCEPTED
    )
    return found.count()
