"""Addresses of guides that left the library: each leads to the nearest one."""

import tomllib
from pathlib import Path

from django.conf import settings
from wagtail.contrib.redirects.models import Redirect

from knowledge.guides.models import GuidePage


def load_moved(folder: Path) -> None:
    """
    Have each address in `moved.toml` lead to a guide for good, under every language of the portal.

    An address that leads somewhere already is left alone, and one whose guide is not there.
    """
    content = tomllib.loads((folder / "moved.toml").read_text(encoding="utf-8"))
    there = set(Redirect.objects.values_list("old_path", flat=True))
    guides = GuidePage.objects.filter(slug__in={each["to"] for each in content["moved"]})
    pages = {
        (page.slug, page.locale.language_code): page for page in guides.select_related("locale")
    }
    new = []
    for entry in content["moved"]:
        for code, _name in settings.LANGUAGES:
            path = Redirect.normalise_path(f"/{code}/guides/{entry['from']}/")
            page = pages.get((entry["to"], code)) or pages.get(
                (entry["to"], settings.LANGUAGE_CODE)
            )
            if page and path not in there:
                new.append(Redirect(old_path=path, redirect_page=page, is_permanent=True))
    Redirect.objects.bulk_create(new)
