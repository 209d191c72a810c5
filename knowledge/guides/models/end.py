"""How a guide ended, for whoever comes by its address."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from knowledge.guides.models.guide import GuidePage
from knowledge.guides.queries import ERROR


class GuideEnd(models.Model):
    """
    The end of a guide, by its kind and reason; gone as soon as the guide is published again.

    It is made by two people, through a request to unpublish.
    """

    class Kind(models.TextChoices):
        # Translators: what became of a guide.
        WITHDRAWN = "withdrawn", pgettext_lazy("a guide", "Withdrawn")
        # Translators: what became of a guide.
        SUPERSEDED = "superseded", pgettext_lazy("a guide", "Superseded")
        # Translators: what became of a guide.
        MERGED = "merged", pgettext_lazy("a guide", "Merged")
        # Translators: what became of a guide.
        ERROR = ERROR, pgettext_lazy("a guide", "Published in error")

    guide = models.OneToOneField(GuidePage, models.CASCADE, related_name="end")
    kind = models.CharField(_("what became of it"), max_length=20, choices=Kind)
    reason = models.TextField(_("reason"), max_length=500)
    ended_at = models.DateTimeField(_("ended"))
    successor = models.ForeignKey(
        GuidePage, models.SET_NULL, null=True, blank=True, related_name="predecessors"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("end of a guide")
        verbose_name_plural = _("ends of guides")

    def __str__(self) -> str:
        return f"{self.guide_id} · {self.kind}"

    def answer(self, request: HttpRequest) -> HttpResponse | None:
        """Return what the guide's address answers; None where its successor is gone altogether."""
        if self.kind == self.Kind.MERGED:
            href = self.successor.get_url() if self.successor else None
            return HttpResponsePermanentRedirect(href) if href else None
        if self.kind == self.Kind.ERROR:
            page = "knowledge/guides/ends/error.html"
            return render(request, page, self._about(), status=410)
        context = self.guide.get_context(request) | {"end": self}
        return render(request, self.guide.template, context)

    def _about(self) -> dict[str, Any]:
        crumbs = self.guide.breadcrumbs()
        crumbs[-1] = {"text": str(pgettext_lazy("a guide", "Published in error"))}
        return {"page": self.guide, "breadcrumb_items": crumbs}
