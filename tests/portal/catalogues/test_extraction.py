"""Every message is found, wherever it stands in the sources."""

import pytest

from portal.catalogues.extraction import (
    catalogue_of_sources,
    messages_of,
    of_django_template,
    of_jinja_template,
    of_python,
    sources,
)
from portal.catalogues.files import template_file, written
from portal.catalogues.statistics import counts

IMPORTS = "from django.utils.translation import {} as {}\n"


def test_every_function_of_django_is_known_in_a_module():
    text = """
gettext("one")
translation.gettext_lazy("two")
ngettext("%(n)s three", "%(n)s threes", n)
ngettext_lazy("four", "fours", n)
pgettext("a context", "five")
pgettext_lazy("a context", "six")
npgettext("a context", "seven", "sevens", n)
npgettext_lazy("a context", "eight", "eights", n)
gettext_noop("nine")
gettext(a_variable)
"""
    found = [(line, message, context) for line, message, _, context in of_python(text)]
    assert found == [
        (2, "one", None),
        (3, "two", None),
        (4, ("%(n)s three", "%(n)s threes"), None),
        (5, ("four", "fours"), None),
        (6, "five", "a context"),
        (7, "six", "a context"),
        (8, ("seven", "sevens"), "a context"),
        (9, ("eight", "eights"), "a context"),
        (10, "nine", None),
    ]


@pytest.mark.parametrize(
    ("function", "alias", "call", "message"),
    [
        ("gettext", "_now", '_now("now")', "now"),
        ("gettext_lazy", "__", '__("la" "ter")', "later"),
        ("ngettext", "n_", 'n_("a", "b", 2)', ("a", "b")),
    ],
)
def test_a_module_s_own_names_of_the_functions_are_known(function, alias, call, message):
    [found] = of_python(IMPORTS.format(function, alias) + call)
    assert found[1] == message


def test_what_translators_are_told_comes_with_the_message():
    python = '# Translators: a verb.\n_("Open")\n# Something else.\n_("Close")'
    jinja = '{# Translators: a verb. #}\n<a>{{ _("Open") }}</a>'
    django = '{% load i18n %}\n{# Translators: a verb. #}\n{% translate "Open" %}'
    comments = [comments for _, _, comments, _ in of_python(python)]
    assert comments == [["a verb."], []]
    for found in (of_jinja_template(jinja), of_django_template(django)):
        assert [comments for _, _, comments, _ in found] == [["a verb."]]


def test_strings_inside_calls_of_macros_and_plurals_are_found_in_jinja():
    """These are what Django's own command misses, which takes the templates for Django's."""
    text = """{% from "components/notice.html" import notice %}
{{ notice(title=_("In a call"), text=ngettext("%(num)s day", "%(num)s days", days)) }}
{% call notice(_("In a call's head")) %}{{ _("In its body") }}{% endcall %}
{% trans count=days %}{{ count }} hour{% pluralize %}{{ count }} hours{% endtrans %}
{% do messages.append(pgettext("a verb", "Open")) %}
{{ {"key": [_("In a list")]}["key"]|join(_(", ")) }}
"""
    found = [(line, message) for line, message, _, _ in of_jinja_template(text)]
    by_django = {message for _, message, _, _ in of_django_template(text)}
    assert {message for _, message in found} - by_django >= {"In a call", "Open", "In a list"}
    assert "a verb" in [context for _, _, _, context in of_jinja_template(text)]
    assert sorted(found, key=str) == sorted(
        [
            (2, "In a call"),
            (2, ("%(num)s day", "%(num)s days")),
            (3, "In a call's head"),
            (3, "In its body"),
            (4, ("%(count)s hour", "%(count)s hours")),
            (5, "Open"),
            (6, "In a list"),
            (6, ", "),
        ],
        key=str,
    )


def test_tags_and_expressions_of_django_templates_are_found_with_their_lines():
    text = """{% load i18n %}
  <p>It's "text" (of no message: 'unbalanced</p>
    {% translate "Indented" %}
 {% translate "With a context" context "a place" %}
{% blocktranslate trimmed %}
  Several
  lines
{% endblocktranslate %}
{% blocktranslate count number=n %}{{ number }} file{% plural %}{{ number }} files{% endblocktranslate %}
{% include "x.html" with title=_("In a tag") %}{{ thing|default:_("In a filter") }}
"""  # noqa: E501
    assert [(line, message, context) for line, message, _, context in of_django_template(text)] == [
        (3, "Indented", None),
        (4, "With a context", "a place"),
        (5, "Several lines", None),
        (9, ("%(number)s file", "%(number)s files"), None),
        (10, "In a tag", None),
        (10, "In a filter", None),
    ]


def test_migrations_settings_and_tests_are_left_out():
    parts = {part for path in sources() for part in path.parts}
    assert parts.isdisjoint({"migrations", "settings", "tests", "node_modules", "bootstrap.py"})
    assert {"templates", "django", "catalogues", "views"} <= parts


def test_a_file_that_cannot_be_read_is_no_empty_one(tmp_path):
    broken = tmp_path / "broken.py"
    broken.write_text("def (:")
    with pytest.raises(SyntaxError):
        messages_of(broken)


@pytest.fixture(scope="module")
def catalogue():
    return catalogue_of_sources()


def test_the_template_is_what_the_sources_give(catalogue):
    is_same = template_file().read_bytes() == written(catalogue)
    assert is_same, f"messages.pot is old: run make messages ({counts(catalogue)})"


def test_the_template_has_no_lines_and_no_dates(catalogue):
    head, _, rest = written(catalogue).decode().partition("\n\n")
    assert "Date" not in head
    assert ".py:" not in rest
    assert ".html:" not in rest
