"""`manage.py messages`: bring the catalogues up to date, begin one, compile them."""

from argparse import ArgumentParser
from typing import Any

from babel import Locale, UnknownLocaleError
from django.core.management.base import BaseCommand, CommandError

from portal.catalogues.extraction import catalogue_of_sources
from portal.catalogues.files import (
    NotACatalogueError,
    compile_all,
    folder,
    language_files,
    language_of,
    read,
    template_file,
    update,
    write,
)
from portal.catalogues.plurals import new_catalogue
from portal.catalogues.statistics import counts, progress


class Command(BaseCommand):
    help = (
        "Writes the messages of the sources to messages.pot and brings the catalogue of each "
        "language up to date: translations stay, what is gone is dropped, nothing is guessed."
    )
    # It makes what a check asks for.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--add", metavar="LANGUAGE", help="begin a catalogue, e.g. fr or pt_BR")
        parser.add_argument(
            "--compile",
            action="store_true",
            help="only compile the catalogues, so that the portal reads them",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """
        Raise CommandError where the language to add is none, or there already, and where a file
        is no catalogue: nothing of a file that was read amiss is written.
        """
        try:
            if not options["compile"]:
                self.bring_up_to_date(options["add"])
            made = compile_all(language_files())
        except NotACatalogueError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Compiled: {', '.join(map(language_of, made)) or 'none'}")

    def bring_up_to_date(self, added: str | None) -> None:
        if added:
            self.begin(added)
        template = catalogue_of_sources()
        write(template_file(), template)
        self.stdout.write(f"{template_file().name}: {counts(template)}")
        for file in language_files():
            catalogue = read(file)
            update(catalogue, template)
            write(file, catalogue)
            self.stdout.write(f"{language_of(file)}: {progress(catalogue)}")

    def begin(self, language: str) -> None:
        try:
            locale = Locale.parse(language)
        except (UnknownLocaleError, ValueError):
            raise CommandError(f"{language} is no language that is known here.") from None
        file = folder() / str(locale) / "LC_MESSAGES" / "django.po"
        if file.exists():
            raise CommandError(f"{locale} has a catalogue already.")
        name = locale.english_name
        write(file, new_catalogue(locale, f"# Messages: {name}."))
