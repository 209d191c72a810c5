"""Rules of the pages that Django checks at every start."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections


@register(Tags.models)
def parents_deny_publishing(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """cms.E001: a page type above a two-person page must know not to publish its children."""
    from wagtail.models import get_page_models

    from portal.cms.models import BasePage

    return [
        Error(
            f"{parent.__name__} may hold {child.__name__}, which needs a second person's approval,"
            " but lets its children be published at once.",
            hint="Derive it from portal.cms.models.BasePage.",
            obj=parent,
            id="cms.E001",
        )
        for parent in get_page_models()
        if not issubclass(parent, BasePage)
        for child in parent.allowed_subpage_models()
        if getattr(child, "requires_second_person", False)
    ]


@register(Tags.security)
def approval_cannot_be_passed_by(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """cms.E002 and cms.E003: the two settings without which one person could publish alone."""
    errors: list[CheckMessage] = []
    finish = "portal.cms.workflow.publish_approved"
    if getattr(settings, "WAGTAIL_FINISH_WORKFLOW_ACTION", "") != finish:
        errors.append(
            Error(
                "A workflow's end would publish without looking for a second person's approval.",
                hint=f'Set WAGTAIL_FINISH_WORKFLOW_ACTION = "{finish}".',
                id="cms.E002",
            )
        )
    if not getattr(settings, "WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT", False):
        errors.append(
            Error(
                "An approval would hold for text that was changed after it.",
                hint="Set WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True.",
                id="cms.E003",
            )
        )
    return errors


@register(Tags.database)
def pages_are_complete(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """cms.W001: no consultation opens before these pages say who runs the portal, and how."""
    from wagtail.models import Locale

    from portal.cms.models.required import required_page_types, what_is_lacking

    if settings.DEMO or "default" not in (databases or ()):
        return []
    there = set(connections["default"].introspection.table_names())
    if not {model._meta.db_table for model in required_page_types()} <= there:
        return []  # before the first migration
    locales = Locale.objects.filter(language_code=settings.LANGUAGE_CODE)
    return [
        Warning(
            f"No consultation can open yet. {lacking}",
            hint="Complete the page in the admin and publish it (docs/deploy.md).",
            id="cms.W001",
        )
        for locale in locales
        for lacking in what_is_lacking(locale.pk)
    ]
