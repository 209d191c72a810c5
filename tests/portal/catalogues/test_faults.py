"""A catalogue with a fault is told which, and in which line; those of the portal have none."""

import pytest
from django.utils.translation import ngettext, override

from portal.catalogues.faults import faults_of
from portal.catalogues.files import folder, language_files, language_of

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
PLURAL = 'msgid "%(n)s <b>point</b>"\nmsgid_plural "%(n)s <b>points</b>"\n'


def faults(tmp_path, text: str, language="fr") -> list[str]:
    file = tmp_path / language / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(HEAD + text, encoding="utf-8")
    return [str(fault) for fault in faults_of(file)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('msgid "Open"\nmsgstr ""', "no translation"),
        ('msgid "Open"\nmsgstr " "', "no translation"),
        ('#, fuzzy\nmsgid "Open"\nmsgstr "Ouvrir"', "marked fuzzy"),
        (
            'msgid "By %(name)s"\nmsgstr "De %(nom)s"',
            "placeholders differ: without %(name)s and with %(nom)s",
        ),
        ('msgid "By %(name)s"\nmsgstr "De %(name)"', "placeholders differ: without %(name)s"),
        ('msgid "By {name}"\nmsgstr "De {nom}"', "placeholders differ: without {name} and with"),
        ('msgid "%s of %s"\nmsgstr "%s"', "placeholders differ: without %s"),
        ('msgid "Nearly all"\nmsgstr "99 % environ"', "a % that is no placeholder"),
        ('msgid "100 %% of %(n)s"\nmsgstr "100 % de %(n)s"', "a % that is no placeholder"),
        ('msgid "A <b>b</b>"\nmsgstr "A b"', "tags differ: without <b>, </b>"),
        (
            'msgid "<a href=\\"/x\\">A</a>"\nmsgstr "<a href=\\"/y\\">A</a>"',
            'tags differ: without <a href="/x"> and with <a href="/y">',
        ),
        ('msgid " or "\nmsgstr "ou "', "begins or ends with other white space"),
        (PLURAL + 'msgstr[0] "%(n)s <b>point</b>"\nmsgstr[1] ""', "1 plural forms instead of 2"),
        (
            PLURAL + 'msgstr[0] "%(n)s <b>point</b>"\nmsgstr[1] "<b>points</b>"',
            "form 1: placeholders differ: without %(n)s",
        ),
    ],
)
def test_each_fault_is_told_with_its_line(tmp_path, text, expected):
    [fault] = faults(tmp_path, text)
    line = (HEAD + text).split("\n").index(next(x for x in text.split("\n") if x[:6] == "msgid "))
    assert fault.startswith(f"line {line + 1}: {expected}")


@pytest.mark.parametrize(
    "text",
    [
        'msgid "By %(name)s, 5 %%"\nmsgstr "5 %%, de %(name)s"',
        'msgid "One of %s"\nmsgstr "Un de %s"',
        'msgid "100% <b>done</b>"\nmsgstr "<b>fini</b> à 100 %"',
        PLURAL + 'msgstr[0] "%(n)s <b>point</b>"\nmsgstr[1] "%(n)s <b>points</b>"',
    ],
)
def test_a_good_translation_has_none(tmp_path, text):
    assert faults(tmp_path, text) == []


def test_a_singular_need_not_say_one_where_the_original_does_not(tmp_path):
    text = 'msgid "A point"\nmsgid_plural "%(n)s points"\nmsgstr[0] "Un point"\n'
    assert faults(tmp_path, text + 'msgstr[1] "%(n)s points"') == []


def test_each_language_has_its_own_number_of_plural_forms(tmp_path):
    two = PLURAL + 'msgstr[0] "%(n)s <b>a</b>"\nmsgstr[1] "%(n)s <b>b</b>"'
    assert faults(tmp_path, two, "ar")[-1] == "line 4: 2 plural forms instead of 6"
    assert faults(tmp_path, two, "ru") == ["line 4: 2 plural forms instead of 3"]


def test_a_head_with_another_number_of_forms_is_a_fault(tmp_path):
    file = tmp_path / "ru" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    plurals = '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    file.write_text(HEAD.rstrip() + "\n" + plurals, encoding="utf-8")
    assert [str(fault) for fault in faults_of(file)] == [
        "line 1: Plural-Forms says 2, but the language has 3 forms"
    ]


@pytest.mark.parametrize(
    "text",
    [
        'msgid "Open\nmsgstr "Ouvrir"',
        'msgid "Open"\nmsgstr "Ouvrir" le fichier',
        'msgid "A "word""\nmsgstr "Un mot"',
        'msgid "Open"\n<<<<<<< HEAD\nmsgstr "Ouvrir"',
    ],
)
def test_a_line_that_is_none_is_a_fault(tmp_path, text):
    [fault] = faults(tmp_path, text)
    assert "not a line of a catalogue" in fault


def test_a_message_that_stands_twice_is_a_fault(tmp_path):
    open_ = 'msgid "Op"\n"en"\nmsgstr "Ouvrir"\n'
    verb = 'msgctxt "a verb"\nmsgid "Op"\n"en"\nmsgstr "Ouvrir"\n'
    [fault] = faults(tmp_path, open_ + "\n" + verb + "\n" + open_)
    assert fault == "line 13: this message stands here a second time"


def test_a_message_without_an_end_and_other_bytes_are_faults(tmp_path):
    assert "not a catalogue" in str(faults(tmp_path, 'msgid "Open"\nmsgid "Close"\nmsgstr ""'))
    file = tmp_path / "django.po"
    file.write_bytes(HEAD.encode() + b'msgid "Caf\xe9"\nmsgstr ""')
    assert [str(fault) for fault in faults_of(file)] == ["line 1: not written in UTF-8"]


def test_no_catalogue_of_the_portal_has_a_fault():
    """Runs over those that are there, in a loop: without any it holds, and none is skipped."""
    catalogues = list(folder().rglob("*.po"))
    assert sorted(catalogues) == language_files(), "a catalogue stands where nothing reads it"
    faults = [f"{language_of(file)}, {each}" for file in catalogues for each in faults_of(file)]
    assert faults == []


def test_every_language_that_is_offered_has_a_catalogue(settings):
    offered = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    assert offered <= {language_of(file).replace("_", "-").lower() for file in language_files()}


def test_twelve_of_anything_have_the_form_that_arabic_has_for_them(tmp_path):
    """Babel's own head of a new catalogue gives 12 the form of 100."""
    head = HEAD.replace(
        "utf-8\\n",
        "utf-8\\n"
        "Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10"
        " ? 3 : n%100>=0 && n%100<=2 ? 4 : 5);\\n",
    )
    file = tmp_path / "ar" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(head, encoding="utf-8")
    (fault,) = faults_of(file)
    order = "zero, one, two, few, many, other"
    assert str(fault) == f"line 1: Plural-Forms gives 11 the wrong form; their order is {order}"
    with override("ar"):
        words = [ngettext("%(num)d day", "%(num)d days", number) for number in (2, 3, 12, 100)]
    assert len(set(words)) == 4
    assert words[2] == "%(num)d يوماً"
