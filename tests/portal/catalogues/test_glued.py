"""Every message is a whole: other languages have other orders of words than English pieces."""

import re
from pathlib import Path

import pytest

from portal.catalogues.extraction import ROOT, catalogue_of_sources, sources
from tests.portal.catalogues.glued import glued

TEMPLATES = ROOT / "templates"
# Pairs that are no sentence, each with the reason.
NO_SENTENCE = {
    ("Previous page", "position"): "a link and, beside it, which page this is",
    ("Written %(time)s", "comma()"): "two facts of a line",
    ("Edited", "comma()"): "two facts of a line",
    ("Official answers", "official_answers.count"): "a row of a table: its name and its number",
    ("Search without the filters", "counted(unfiltered)"): "a link and, in brackets, its number",
    ("Find what has any one of these words", "counted(by_any_word)"): "the same",
    ("Skip to the results", "facets()"): "a link past the form",
    ("Answer %", "standing"): "two facts of a line",
    ("Not provided", "must be answered"): "two facts of a line",
    ("person.organisation.name", "not verified"): "a name and a tag",
    ("person.affiliation", "not verified"): "a name and a tag",
    ("row.session.name", "this one"): "a name and a tag",
    ("response to “%(title)s”", "unofficial translation into %(language)s"): "parts of a citation",
}


def templates() -> list[Path]:
    return [path for path in TEMPLATES.rglob("*") if path.is_file()]


def pairs() -> list[tuple[str, str, str]]:
    return [
        (f"{path.relative_to(ROOT)}:{line}", *map(shortened, (before, after)))
        for path in templates()
        for line, before, after in glued(path)
    ]


def shortened(words: str) -> str:
    """An expression without what it is given, so that the list above stays short."""
    return re.sub(r"^facets\(.*", "facets()", words).partition("or _(")[0].strip()


def test_no_sentence_of_a_template_is_glued_from_pieces():
    found = [each for each in pairs() if each[1:] not in NO_SENTENCE]
    assert found == [], "make each a whole message (docs/contributing.md, A string)"


def test_what_is_no_sentence_is_there():
    assert set(NO_SENTENCE) <= {each[1:] for each in pairs()}


@pytest.mark.parametrize(
    "source",
    [
        '{{ _("Written") }} {{ day }}',
        '<p>{{ _("Open until") }} <strong>{{ deadline(a) }}</strong></p>',
        '{{ _("Reply") }}<span class="x"> {{ name }}</span>',
        '<b>{{ n }}</b> {{ ngettext("point", "points", n) }}',
        '<a href="{{ a }}">{{ _("Sign in") }}</a> {{ _("or") }} <a>{{ _("sign up") }}</a>',
        '{{ _("in the record") }}{% if a %} {{ _("and elsewhere") }}{% endif %}',
    ],
)
def test_a_sentence_in_pieces_is_found(tmp_path, source):
    assert found_in(tmp_path / "x.html", source)


@pytest.mark.parametrize(
    "source",
    [
        '{{ _("Written %(day)s", day=day) }}',
        '{{ _("Reason:") }} {{ reason }}',
        '{{ _("Remove") }}<span class="x">: {{ name }}</span>',
        '{{ _("A sentence.") }} {{ _("And another.") }}',
        "<dt>{{ _('Name') }}</dt><dd>{{ name }}</dd>",
        '{% if a %}{{ _("One") }}{% else %}{{ name }}{% endif %}',
        '{{ name }} {{ _("A sentence of its own.") }}',
        "{% trans %}One.{% endtrans %} {{ name }}",
    ],
)
def test_what_is_whole_is_not_found(tmp_path, source):
    assert found_in(tmp_path / "x.html", source) == []


@pytest.mark.parametrize(
    ("source", "is_glued"),
    [
        ('{% translate "Undo" %} {{ name }}', True),
        ('{% translate "Undo" %}<b>: {{ name }}</b>', False),
        ("{% blocktranslate %}of {{ n }}{% endblocktranslate %} {{ name }}", True),
        ('<td>{% translate "Name" %}</td><td>{{ name }}</td>', False),
    ],
)
def test_a_django_template_is_read_too(tmp_path, source, is_glued):
    assert bool(found_in(tmp_path / "django" / "x.html", source)) == is_glued


def found_in(path: Path, source: str) -> list:
    path.parent.mkdir(exist_ok=True)
    path.write_text(source)
    return glued(path)


def test_no_message_is_a_piece_with_its_white_space_or_its_comma():
    ids = [
        each
        for message in catalogue_of_sources()
        for each in (message.id if isinstance(message.id, tuple) else [message.id])
    ]
    assert [each for each in ids if each != each.strip() or each[:1] in tuple(",;.)")] == []


def test_modules_write_lists_by_the_patterns_of_the_language():
    """Django's own puts ", " between all and the spaces round "or" that Arabic has not."""
    texts = {path: path.read_text() for path in sources() if path.suffix == ".py"}
    glueing = re.compile(r"get_text_list|gettext\([^()]*\)\.join|\b_\([^()]*\)\.join")
    assert [str(path) for path, text in texts.items() if glueing.search(text)] == []
