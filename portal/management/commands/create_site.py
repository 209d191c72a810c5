"""`manage.py create_site`: the standing tree of pages, the site record, states, synonyms."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from consultations.calls.models import ConsultationPage
from knowledge.glossary.actions import refresh_glossary_card
from knowledge.learning.models import PathPage
from knowledge.states.actions import refresh_state_cards
from portal.cms.models import (
    BeforeYouAnswerPage,
    CodePage,
    CommitmentPage,
    HomePage,
)
from portal.cms.models.page_translation import as_translated
from portal.cms.models.required import RequiredPage
from portal.curation.actions import save_synonyms
from portal.curation.models import SynonymGroup
from portal.management.indexing import indexed_at_the_end
from portal.management.library.loading import load_library
from portal.management.page_text import body, rich_text
from portal.management.paths import load_paths
from portal.management.texts import read, written_in

CONTENT = Path(__file__).resolve().parents[1] / "site_content"
FILES = ("home.toml", "standing_pages.toml", "take_part.toml", "before_you_answer.toml")


class Command(BaseCommand):
    help = (
        "Make the pages that the portal always has, in each language of the interface, where they "
        "are missing, load the states, and give search its first synonyms where it has none. "
        "Never changes a page that exists."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--languages",
            nargs="*",
            help="Pages in these languages alone, e.g. fr ar, beside those in the first.",
        )
        parser.add_argument(
            "--library",
            action="store_true",
            help="The guides of the library too, their sources, and the learning paths through "
            "them, as far as they are not there.",
        )

    @transaction.atomic
    def handle(
        self,
        *args: Any,
        verbosity: int,
        languages: list[str] | None = None,
        library: bool = False,
        **options: Any,
    ) -> None:
        self.made = 0
        self.home: Page | None = None
        home = self.home = self.make_pages(settings.LANGUAGE_CODE)
        make_site(home)
        remove_welcome_page()
        for code, _name in settings.LANGUAGES:
            is_wanted = languages is None or code in languages
            if is_wanted and code != settings.LANGUAGE_CODE and written_in(CONTENT, code):
                self.make_pages(code)
        call_command("load_states", verbosity=0)
        call_command("begin_guide_versions", verbosity=0)
        refresh_state_cards()
        refresh_glossary_card()
        make_synonyms()
        if verbosity:
            self.stdout.write(f"Site: {self.made} pages made, all others left as they were.")
        if library:
            with indexed_at_the_end():
                guides = load_library(self.stderr.write)
                paths = self.load_paths()
            if verbosity:
                self.stdout.write(f"Library: {guides} guides published, each language counted.")
                self.stdout.write(f"Learning paths: {paths} published, each language counted.")
        obstacle = ConsultationPage.obstacle_to_publishing(home.locale_id)
        if verbosity and obstacle:
            self.stdout.write(obstacle)

    def load_paths(self) -> int:
        """Load the learning paths, say which are not, and return how many pages that made."""
        before = PathPage.objects.count()
        for line in load_paths():
            self.stderr.write(line)
        return PathPage.objects.count() - before

    def make_pages(self, language: str) -> Page:
        """Make the pages of one language; return its home page."""
        texts: dict[str, Any] = {}
        for name in FILES:
            texts |= read(CONTENT, name, language)
        with override(language):
            home = self.make_home(language, texts["home"])
            self.make_standing_pages(home, [texts["take_part"], texts["organisations"]])
            self.make_standing_pages(home, texts["page"])
            self.make_advice(home, texts["before_you_answer"], texts["help_line"])
            self.make_code(home, texts["code"], texts["commitment"])
            for entry in texts["index"]:
                model = apps.get_model(entry.pop("model"))
                self.make(home, model, **entry)
        return home

    def make(self, parent: Page, model: type[Page], *, slug: str, **fields: Any) -> Page:
        """
        Return the page at this place; make and publish it where there is none.

        In another language than the first it becomes the translation of the page at this place, and
        a draft where that says more than we know (`says_more`): readers find the original.
        """
        if existing := Page.objects.child_of(parent).filter(slug=slug).first():
            return existing.specific
        page = model(slug=slug, locale=parent.locale, **fields)
        original = self.original_at(parent, slug)
        if original:
            if translated := original.get_translation_or_none(parent.locale):
                return translated.specific
            page.translation_key = original.translation_key
            page.live = not says_more(original.specific)
        page = parent.add_child(instance=page)
        revision = page.save_revision()
        if page.live:
            revision.publish()
        if original:
            as_translated(page, original, is_current=not is_edited(original)).save()
        self.made += 1
        return page

    def original_at(self, parent: Page, slug: str) -> Page | None:
        """Return the page of the first language that one in another stands for."""
        if self.home is None or parent.locale_id == self.home.locale_id:
            return None
        if parent.is_root():
            return self.home
        above = parent.get_translation_or_none(self.home.locale)
        return above and Page.objects.child_of(above).filter(slug=slug).first()

    def make_home(self, language: str, text: dict[str, str]) -> Page:
        locale, _ = Locale.objects.get_or_create(language_code=language)
        if existing := HomePage.objects.filter(locale=locale).first():
            return existing
        root = Page.get_first_root_node()
        root.locale = locale  # the children's; never saved
        return self.make(root, HomePage, slug=language, **{**text, "lead": rich_text(text["lead"])})

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


def says_more(page: Page) -> bool:
    """
    Say whether a page is one that only those who run the portal can complete, or one that somebody
    has edited since: in another language our first text would contradict it.
    """
    if isinstance(page, HomePage):
        return False  # it holds all others
    return isinstance(page, RequiredPage) or is_edited(page)


def is_edited(page: Page) -> bool:
    return page.revisions.exclude(user=None).exists()


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
        for entry in read(CONTENT, "synonyms.toml")["synonyms"]:
            save_synonyms(SynonymGroup(), entry["words"])


def remove_welcome_page() -> None:
    """Wagtail's own first page, which its migrations make."""
    for page in Page.objects.filter(depth=2, slug="home").exact_type(Page):
        page.delete()
