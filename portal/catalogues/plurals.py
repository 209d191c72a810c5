"""Which form of a message a number takes: by the head of a catalogue, and by the CLDR."""

from gettext import c2py

from babel import Locale
from babel.messages.catalog import Catalog
from babel.plural import to_gettext

# The forms that a language can have, in the order of a catalogue.
ORDER = ("zero", "one", "two", "few", "many", "other")
# Numbers as the portal says them; of millions some languages have a form more.
NUMBERS = range(1000)


def forms_of(locale: Locale) -> list[str]:
    """Name the forms that whole numbers take in a language, in the order of its catalogue."""
    taken = set(map(locale.plural_form, NUMBERS))
    return [form for form in ORDER if form in taken]


def new_catalogue(locale: Locale | str, comment: str = "") -> Catalog:
    """Return a catalogue without messages, whose head has the language's own plural forms."""
    catalogue = Catalog(locale=locale, fuzzy=False, header_comment=comment)
    if misplaced(catalogue) is not None:
        catalogue.mime_headers = [("Plural-Forms", to_gettext(catalogue.locale.plural_form))]
    return catalogue


def misplaced(catalogue: Catalog) -> int | None:
    """
    Return the first number that the head of a catalogue gives another form than the CLDR does.

    Babel's own rule for Arabic takes the form of 100 for 12, and the other way round. Languages
    that have no form for nothing may say it as they like.
    """
    forms = forms_of(catalogue.locale)
    form_in_file = c2py(catalogue.plural_expr)
    return next(
        (
            number
            for number in NUMBERS
            if (number or "zero" in forms)
            and form_in_file(number) != forms.index(catalogue.locale.plural_form(number))
        ),
        None,
    )
