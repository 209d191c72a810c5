"""What tests of translated consultations are built with."""

from consultations.calls.texts.changes import originals_of
from consultations.calls.translating.actions import set_texts
from tests.consultations.factories import asked, section, stream_of
from tests.factories import UserFactory


def editor():
    return UserFactory(role="Editors")


def questions():
    """One of each way to answer that has words of its own."""
    return stream_of(
        section(
            "s1",
            "About you",
            [
                asked(
                    "one-choice",
                    "works",
                    "Where do you work?",
                    options={"firm": "In a firm", "office": "In an office"},
                ),
                asked("long-text", "view", "What should weigh most?", help="In your own words."),
                asked(
                    "short-text", "which", "Which firm?", only=("1", "In a firm"), help="One name."
                ),
            ],
            introduction="<p>Say who you are.</p>",
        ),
        section(
            "s2",
            "Your view",
            [
                asked(
                    "matrix",
                    "useful",
                    "How useful are these?",
                    options={"yes": "Useful", "no": "Not useful"},
                    rows={"lists": "Lists", "talks": "Talks"},
                ),
                asked(
                    "scale",
                    "clear",
                    "How clear is it?",
                    minimum=1,
                    maximum=5,
                    minimum_label="Not clear",
                    maximum_label="Very clear",
                ),
            ],
        ),
    )


def in_brackets(segment, language):
    """Return words that show where they come from: "fr:Lists", inside the tags of HTML."""
    if segment.is_rich:
        return segment.text.replace("<p>", f"<p>{language}:")
    return f"{language}:{segment.text}"


def everything(page, language="fr"):
    """Return a translation of all that can be translated, by key."""
    return {each.key: in_brackets(each, language) for each in originals_of(page)}


def translate(page, language="fr", words=None, **kwargs):
    """Publish texts in a language, all of them if none are named, and return the page anew."""
    words = everything(page, language) if words is None else words
    set_texts(page, language, words, by=editor(), approved_by=editor(), **kwargs)
    return type(page).objects.get(pk=page.pk)
