"""A catalogue keeps its translations, and nothing in it is guessed."""

import gettext
import os
from io import StringIO

import pytest
from babel.messages.catalog import Catalog
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from portal.catalogues import __main__ as compiling
from portal.catalogues import files
from portal.catalogues.management.commands import messages as command

POINTS = ("%(n)s point", "%(n)s points")


def catalogue(*messages, locale="fr") -> Catalog:
    made = Catalog(locale=locale, fuzzy=False)
    for message, string in messages:
        made.add(message, string)
    return made


def strings(made: Catalog) -> dict:
    return {message.id: message.string for message in made if message.id}


@pytest.fixture
def locale(settings, tmp_path, monkeypatch):
    """A folder of catalogues, and sources with two messages."""
    settings.LOCALE_PATHS = [tmp_path]
    sources = catalogue(("Open", ""), (POINTS, ("", "")))
    monkeypatch.setattr(command, "catalogue_of_sources", lambda: sources)
    return tmp_path


def run(*arguments) -> str:
    out = StringIO()
    call_command("messages", *arguments, stdout=out)
    return out.getvalue()


def test_translations_stay_and_what_is_gone_is_dropped():
    french = catalogue(("Open", "Ouvrir"), ("Old", "Vieux"))
    files.update(french, catalogue(("Open", ""), ("Close", "")))
    assert strings(french) == {"Open": "Ouvrir", "Close": ""}
    assert b"Old" not in files.written(french)


def test_nothing_is_guessed_from_what_looks_alike():
    french = catalogue(("Open the file", "Ouvrir le fichier"), ("%(n)s point", "%(n)s point"))
    files.update(french, catalogue(("Open the files", ""), (POINTS, ("", ""))))
    assert strings(french) == {"Open the files": "", POINTS: ("", "")}
    assert not any(message.fuzzy for message in french)


def test_a_doubt_of_a_translator_stays():
    french = catalogue()
    french.add("Open", "Ouvrir", flags=["fuzzy"])
    files.update(french, catalogue(("Open", "")))
    assert french["Open"].fuzzy


def test_the_command_does_well_without_any_language(locale):
    assert run() == "messages.pot: 2 messages, 2 words, 1 plurals\nCompiled: none\n"
    assert (locale / "messages.pot").exists()


def test_a_language_is_begun_kept_up_to_date_and_compiled(locale):
    assert "ar: 0 of 2 translated, 0 fuzzy, 2 missing" in run("--add", "ar")
    [file] = files.language_files()
    arabic = files.read(file)
    assert len(arabic[POINTS[0]].string) == 6
    arabic["Open"].string = "فتح"
    files.write(file, arabic)
    assert "ar: 1 of 2 translated, 0 fuzzy, 1 missing" in run()
    with files.compiled_file(file).open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Open") == "فتح"
    before = file.read_bytes()
    run()
    assert file.read_bytes() == before


def test_a_broken_catalogue_is_left_as_it_is(locale):
    run("--add", "fr")
    [file] = files.language_files()
    file.write_text(file.read_text() + 'msgid "Open\nmsgstr "Ouvrir"\n')
    before = file.read_bytes()
    with pytest.raises(CommandError, match=r"fr, line \d+: not a line of a catalogue"):
        run()
    assert file.read_bytes() == before


def test_a_broken_catalogue_ends_a_start_with_its_line(locale, capsys):
    run("--add", "fr")
    [file] = files.language_files()
    files.compiled_file(file).unlink()
    assert compiling.main() == 0
    assert files.not_compiled([file]) == []
    file.write_text(file.read_text() + 'msgid "Open\nmsgstr "Ouvrir"\n')
    assert compiling.main() == 1
    assert "✗ fr, line " in capsys.readouterr().err


@pytest.mark.parametrize("language", ["xx", "../fr", "-", "français"])
def test_what_is_no_language_is_not_begun(locale, language):
    with pytest.raises(CommandError, match="no language"):
        call_command("messages", f"--add={language}")
    assert list(locale.iterdir()) == []


def test_a_language_is_begun_once(locale):
    run("--add", "fr")
    with pytest.raises(CommandError, match="already"):
        run("--add", "fr")


def test_a_catalogue_that_is_not_compiled_stops_the_start(locale):
    run("--add", "fr")
    [file] = files.language_files()
    assert run_checks(tags=["translation"]) == []
    os.utime(file, (2e9, 2e9))
    assert [fault.id for fault in run_checks(tags=["translation"])] == ["catalogues.E001"]
    files.compiled_file(file).unlink()
    assert [fault.id for fault in run_checks(tags=["translation"])] == ["catalogues.E001"]
