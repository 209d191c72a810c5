"""`manage.py create_site`: the standing tree of pages, the site record, states, synonyms."""

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Locale, Page, Site

from consultations.calls.models import ConsultationPage
from knowledge.glossary.actions import refresh_glossary_card
from knowledge.states.actions import refresh_state_cards
from portal.cms.models import (
    BeforeYouAnswerPage,
    CodePage,
    CommitmentPage,
    HomePage,
)
from portal.curation.actions import save_synonyms
from portal.curation.models import SynonymGroup
from portal.management.page_text import body, rich_text

CONTENT = Path(__file__).resolve().parents[1] / "site_content"


class Command(BaseCommand):
    help = (
        "Make the pages that the portal always has, where they are missing, load the states, and "
        "give search its first synonyms where it has none. Never changes a page that exists."
    )

    @transaction.atomic
    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        self.made = 0
        texts = read("home.toml") | read("standing_pages.toml")
        texts |= read("take_part.toml") | read("before_you_answer.toml")
        home = self.make_home(texts["home"])
        make_site(home)
        remove_welcome_page()
        self.make_standing_pages(home, [texts["take_part"], texts["organisations"]])
        self.make_standing_pages(home, texts["page"])
        self.make_advice(home, texts["before_you_answer"], texts["help_line"])
        self.make_code(home, texts["code"], texts["commitment"])
        for entry in texts["index"]:
            model = apps.get_model(entry.pop("model"))
            self.make(home, model, **entry)
        call_command("load_states", verbosity=0)
        refresh_state_cards()
        refresh_glossary_card()
        make_synonyms()
        if verbosity:
            self.stdout.write(f"Site: {self.made} pages made, all others left as they were.")
            if obstacle := ConsultationPage.obstacle_to_publishing(home.locale_id):
                self.stdout.write(obstacle)

    def make(self, parent: Page, model: type[Page], *, slug: str, **fields: Any) -> Page:
        """Return the page at this place; make and publish it where there is none."""
        if existing := Page.objects.child_of(parent).filter(slug=slug).first():
            return existing.specific
        page = parent.add_child(instance=model(slug=slug, locale=parent.locale, **fields))
        page.save_revision().publish()
        self.made += 1
        return page

    def make_home(self, text: dict[str, str]) -> Page:
        code = settings.LANGUAGE_CODE
        locale, _ = Locale.objects.get_or_create(language_code=code)
        if existing := HomePage.objects.filter(locale=locale).first():
            return existing
        root = Page.get_first_root_node()
        root.locale = locale  # the children's; never saved
        return self.make(root, HomePage, slug=code, **{**text, "lead": rich_text(text["lead"])})

    def make_standing_pages(self, home: Page, texts: list[dict[str, Any]]) -> None:
        """Make the pages: the first is the parent of the rest, as in their addresses."""
        parent = home
        for text in texts:
            page = self.make(
                parent,
                apps.get_model(text.get("model", "cms.StandardPage")),
                slug=text["slug"],
                title=text["title"],
                summary=text["summary"],
                body=body(text=text.get("body", ""), sections=text.get("section", ())),
            )
            if parent == home:
                parent = page

    def make_advice(self, home: Page, text: dict[str, str], lines: list[dict[str, Any]]) -> None:
        """Make the advice without who runs the portal: until they say so, no consultation opens."""
        help_lines = [("help_line", line) for line in lines]
        self.make(home, BeforeYouAnswerPage, **text, help_lines=help_lines)

    def make_code(
        self, home: Page, text: dict[str, Any], commitments: list[dict[str, str]]
    ) -> None:
        code = self.make(
            home,
            CodePage,
            slug="code",
            title=text["title"],
            summary=text["summary"],
            body=body(
                text=text["body"],
                sections=text.get("section", ()),
                citations=text.get("citation", ()),
            ),
        )
        for entry in commitments:
            self.make(
                code,
                CommitmentPage,
                slug=entry["key"],
                commitment=entry["key"],
                title=entry["title"],
                summary=entry["summary"],
                body=body(text=entry["body"]),
            )


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def make_site(home: Page) -> None:
    """Make the one site, at BASE_URL. A root page that an administrator chose stays."""
    address = urlsplit(settings.BASE_URL)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = settings.SITE_NAME
    if not site.root_page_id or not isinstance(site.root_page.specific, HomePage):
        site.root_page = home
    site.save()


def make_synonyms() -> None:
    """Make the first groups, while there are none: what editors changed or removed stays so."""
    if not SynonymGroup.objects.exists():
        for entry in read("synonyms.toml")["synonyms"]:
            save_synonyms(SynonymGroup(), entry["words"])


def remove_welcome_page() -> None:
    """Wagtail's own first page, which its migrations make."""
    for page in Page.objects.filter(depth=2, slug="home").exact_type(Page):
        page.delete()
