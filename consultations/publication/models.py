"""What the public sees of an accepted response: a copy of its own, which redaction may shorten."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.responses.models import Response, ResponseVersion
from portal.taxonomy.fields import TermField
from portal.taxonomy.vocabularies import GROUP, LANGUAGE, SUBMITTER_TYPE


class PublicCopy(models.Model):
    """
    A response as it is or will be published.

    `answers` maps a question's id to `{"value": …}` for what is shown as sent, or to `{"segments":
    [{"text": …} | {"redacted": reason code}, …]}` for a text with passages left out; answers for
    officials only stand with their public version and `"confidential": true`. `display_name` is
    empty for a response without a name. `shuffle` orders the index, so that no order tells when
    something came in. `retired_on` is set when it was withdrawn or removed after publication.
    """

    response = models.OneToOneField(Response, models.CASCADE, related_name="public_copy")
    version = models.ForeignKey(ResponseVersion, models.CASCADE, related_name="+")
    display_name = models.CharField(_("name"), max_length=200, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    signatories = models.JSONField(_("signatories"), default=list)
    submitter_type = TermField(SUBMITTER_TYPE, default="undisclosed")
    group = TermField(GROUP, default="other")
    state = models.CharField(_("state"), max_length=2, blank=True)
    language = TermField(LANGUAGE, default="en")
    answers = models.JSONField(_("answers"), default=dict)
    is_redacted = models.BooleanField(_("redacted"), default=False)
    published_on = models.DateField(_("published"), null=True, blank=True)
    retired_on = models.DateField(_("retired"), null=True, blank=True)
    shuffle = models.PositiveBigIntegerField(default=0, editable=False)
    record_index = models.PositiveBigIntegerField(null=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("public copy")
        verbose_name_plural = _("public copies")
        indexes: ClassVar = [models.Index(fields=["shuffle", "id"], name="public_copy_order")]

    def __str__(self) -> str:
        return str(self.response)
