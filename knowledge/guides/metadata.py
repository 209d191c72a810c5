"""What machines are told of a guide: what kind of learning resource it is, and how it is cited."""

from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knowledge.guides.facets import terms_of
from knowledge.sources.metadata import cited
from portal.cms.sharing.drawing import SharingCard
from portal.taxonomy.vocabularies import AUDIENCE, COMMITMENT, STAGE, TECHNOLOGY

SUBJECTS = (COMMITMENT, STAGE, TECHNOLOGY)


def learning_resource(guide: Any) -> dict[str, Any]:
    """Describe a guide as a learning resource of schema.org. Its owner is a unit, no person."""
    terms = terms_of(guide)
    return {
        "@type": "LearningResource",
        "name": guide.title,
        "description": guide.summary,
        "learningResourceType": str(guide.get_document_type_display()),
        "educationalLevel": str(guide.get_level_display()),
        "about": [
            str(vocabulary.label_of(key))
            for vocabulary in SUBJECTS
            for key in terms[vocabulary.key]
        ],
        "audience": [
            {"@type": "Audience", "audienceType": str(AUDIENCE.label_of(key))}
            for key in terms[AUDIENCE.key]
        ],
        "inLanguage": guide.content_language,
        "datePublished": _day(guide.first_published_at),
        "dateModified": _day(guide.last_published_at),
        "creator": {"@type": "Organization", "name": guide.owner_unit},
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME},
        "isBasedOn": guide.source_url,
        "citation": [cited(each) for each in guide.sources.all()],
        "isAccessibleForFree": True,
        "usageInfo": _in_law(guide),
    }


def citation(guide: Any) -> dict[str, Any]:
    """Return what reference managers read of a guide: they file it as a report of its owner."""
    return {
        "title": guide.title,
        "technical_report_institution": guide.owner_unit,
        "publisher": settings.SITE_NAME,
        "publication_date": _day(guide.last_published_at).replace("-", "/"),
        "language": guide.content_language,
        "abstract": guide.summary,
    }


def sharing_card(guide: Any) -> SharingCard:
    """Return what its card says: the kind of document, and when it was last changed."""
    day = guide.last_published_at
    fact = _("Updated on %(day)s") % {"day": date_format(day)} if day else ""
    return SharingCard(settings.SITE_NAME, guide.get_document_type_display(), guide.title, fact)


def _in_law(guide: Any) -> dict[str, str] | None:
    said = guide.legal_status
    return {"@type": "CreativeWork", "text": said} if said else None


def _day(moment: Any) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""
