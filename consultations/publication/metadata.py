"""What machines are told of published responses: how one is cited, and that all are open data."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.calls.models import ConsultationPage
from consultations.publication.export import FORMS
from consultations.publication.models import PublicCopy
from portal.onion import on_the_open_web


def citation(copy: PublicCopy) -> dict[str, Any]:
    """Return what reference managers read of a response; of people it names its submitter alone."""
    page = copy.consultation
    day = copy.published_on
    return {
        "title": _("Response to “%(title)s”") % {"title": page.title},
        "author": [copy.display_name],
        "technical_report_institution": str(page.host),
        "technical_report_number": copy.response.reference,
        "publication_date": f"{day:%Y/%m/%d}" if day else "",
        "language": copy.text_language,
        "public_url": on_the_open_web(copy.get_absolute_url()),
    }


def dataset(page: ConsultationPage) -> dict[str, Any]:
    """Describe the published responses of a consultation as a data set of schema.org."""
    return {
        "@type": "Dataset",
        "name": _("Responses to “%(title)s”") % {"title": page.title},
        "description": page.summary,
        "identifier": page.docket,
        "creator": {"@type": "Organization", "name": settings.SITE_NAME},
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media_type.partition(";")[0],
                "contentUrl": on_the_open_web(
                    reverse("publication:export", args=[page.slug, form])
                ),
            }
            for form, (media_type, _written) in FORMS.items()
        ],
    }
