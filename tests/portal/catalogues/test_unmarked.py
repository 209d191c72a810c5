"""No word that a person reads stands in a template without being marked for translation."""

import ast
from pathlib import Path

import pytest

from portal.catalogues.extraction import ROOT, sources
from tests.portal.catalogues.unmarked import GETTEXT, unmarked

TEMPLATES = ROOT / "templates"

# Whole files, each with the reason why its words need no mark.
STATIC = "written in each language: shown where nothing else works, so no catalogue is asked"
NEED_NO_MARK = {
    "400.html": STATIC,
    "413.html": STATIC,
    "500.html": STATIC,
    "503.html": STATIC,
    "django/wagtailsearchpromotions/queries/chooser_field.js": "a function and a comment on it",
}
# Words that are the same in every language, or that nobody reads.
SAME_EVERYWHERE = {
    "Code in Practice": "the name of the portal",
    "(HTML)": "the name of a format",
    "Python": "a name",
    "verify.py": "a file's name",
    "M … .5 … .5h5v … h-5z": "the path of a drawing",
    "no-print": "a class of CSS in a block of its own",
    "submit": "a value of `type` that a slot hands on",
}


def templates() -> list[Path]:
    found = [path for path in TEMPLATES.rglob("*") if path.is_file()]
    return [path for path in found if path.relative_to(TEMPLATES).as_posix() not in NEED_NO_MARK]


def test_every_word_of_a_template_is_marked():
    found = [
        f"{path.relative_to(ROOT)}:{line}: {words}"
        for path in templates()
        for line, words in unmarked(path)
        if words.strip(" …") not in {each.strip(" …") for each in SAME_EVERYWHERE}
    ]
    assert found == [], "mark these for translation (docs/contributing.md, A string)"


def test_what_needs_no_mark_is_there():
    assert [name for name in NEED_NO_MARK if not (TEMPLATES / name).exists()] == []
    found = {words.strip(" …") for path in templates() for _, words in unmarked(path)}
    assert {each.strip(" …") for each in SAME_EVERYWHERE} == found


@pytest.mark.parametrize(
    "source",
    [
        "<p>Words</p>",
        "{% if a %}<p>{{ b }} words</p>{% endif %}",
        "{% macro m() %}<b>Words</b>{% endmacro %}",
        '<a aria-label="Words" href="{{ a }}">{{ _("Marked") }}</a>',
        '<abbr title="{{ a }} words">{{ a }}</abbr>',
        '<input placeholder="Words">',
        '<img alt="Words" src="{{ a }}">',
        '<input type="submit" value="Words">',
        '<meta name="description" content="Words">',
        '{{ "words" if a else "" }}',
        '<p title="{{ "words" if a }}"></p>',
        '{{ a|default("words") }}',
        '{{ notice("Some words") }}',
        '{% set a = "Some words" %}',
        '{% set a = {"text": "Some words of ours."} %}',
        '{% set a -%} title="Words" {%- endset %}',
        "{% trans %}Marked{% endtrans %} words",
        "<code>{{ a }}</code> words",
        "<h{{ n }} class='x'>Words</h{{ n }}>",
    ],
)
def test_a_word_of_a_jinja_template_that_is_not_marked_is_found(tmp_path, source):
    assert found_in(tmp_path / "x.html", source)


@pytest.mark.parametrize(
    "source",
    [
        '<p class="a b" lang=\'en\'>{{ _("Words") }}: {{ a }} – 12</p>',
        "{% trans count=n %}{{ count }} word{% pluralize %}{{ count }} words{% endtrans %}",
        '<a class="{{ "active" if a }}" href="{{ url("a:name") }}">{{ ngettext("a", "b", n) }}</a>',
        '{{ field(a, label_class="govuk-label--s", title=pgettext("c", "Words")) }}',
        "<script>var words = 1;</script><style>p { color: red }</style><code>manage.py</code>",
        '{# Words #}<input type="hidden" name="x" value="words">&nbsp;&times;',
        '{% set a -%} lang="{{ a }}" dir="auto" {%- endset %}',
    ],
)
def test_what_nobody_reads_and_what_is_marked_is_not_found(tmp_path, source):
    assert found_in(tmp_path / "x.html", source) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Words</p>",
        '<p title="Words">{% translate "Marked" %}</p>',
        "{% blocktranslate %}Marked{% endblocktranslate %} words",
        '{% include "x.html" with title="Some words" %}',
        '{{ a|default:"words" }}',
        "{{ n }}{{ n|pluralize }}",
        "{% comment %}Marked{% endcomment %}<b>Words</b>",
    ],
)
def test_a_word_of_a_django_template_that_is_not_marked_is_found(tmp_path, source):
    assert found_in(tmp_path / "django" / "x.html", source)


@pytest.mark.parametrize(
    "source",
    [
        '{% load i18n %}{% translate "Words" %}{# Words #}{% comment %}Words{% endcomment %}',
        "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
        '{% include "x.html" with title=_("Some words") %}{{ a|date:"j F Y" }}',
        '<a href="{% url "name" %}" class="button">{{ a|default:_("Words") }}</a>',
    ],
)
def test_what_is_marked_in_a_django_template_is_not_found(tmp_path, source):
    assert found_in(tmp_path / "django" / "x.html", source) == []


def test_plain_text_is_read_line_by_line(tmp_path):
    text = '{% load i18n %}\n{% translate "Marked" %}\n\nWords'
    assert found_in(tmp_path / "django" / "x.txt", text) == [(4, "Words")]


def test_the_line_is_told(tmp_path):
    source = "{#- A remark\n  of two lines. -#}\n\n{% if a -%}\n\n<p>\n  Words</p>{% endif %}"
    assert found_in(tmp_path / "x.html", source) == [(7, "Words")]


def found_in(path: Path, source: str) -> list:
    path.parent.mkdir(exist_ok=True)
    path.write_text(source)
    return unmarked(path)


def test_every_message_of_a_module_is_one_string():
    """A message that is put together from pieces at run time is in no catalogue."""
    modules = [path for path in sources() if path.suffix == ".py"]
    assert [place for path in modules for place in put_together(path)] == []


@pytest.mark.parametrize("call", ['_(f"a {b}")', '_("a" + b)', '_("a %s" % b)', "gettext(a)"])
def test_a_message_that_is_put_together_is_found(tmp_path, call):
    module = tmp_path / "x.py"
    module.write_text(f"from django.utils.translation import gettext, gettext as _\n{call}")
    assert put_together(module)


def put_together(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name.removesuffix("_lazy") in GETTEXT
    }
    return [
        f"{path.name}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in known
        and not (node.args and isinstance(node.args[0], ast.Constant))
    ]
