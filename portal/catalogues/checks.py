"""Rules of this room that Django checks at every start."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from portal.catalogues.files import folder, language_files, not_compiled


@register(Tags.translation)
def catalogues_are_compiled(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """catalogues.E001: a language would be shown as it was before, or not at all."""
    return [
        Error(
            f"{file.relative_to(folder())} has changed since it was compiled.",
            hint="Run manage.py messages --compile.",
            id="catalogues.E001",
        )
        for file in not_compiled(language_files())
    ]
