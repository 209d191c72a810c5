"""What machines are told of a guide: what kind of learning resource it is, and how it is cited."""

from typing import Any

from django.conf import settings

from knowledge.guides.facets import terms_of
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
        "isAccessibleForFree": True,
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


def _day(moment: Any) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""
