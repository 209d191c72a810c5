"""Why publication refuses something; `str()` of each is a sentence for whom it concerns."""

from django.utils.translation import gettext_lazy as _

from portal.web.errors import NotPermitted as NotPermitted
from portal.web.errors import Refused


class NotPublishable(Refused):
    """The response is not one that may be published as it stands."""

    message = _("Only a response that was accepted for publication can be published.")


class TooEarly(NotPublishable):
    """The consultation has not closed, and publishes nothing before."""

    message = _(
        "Nothing was published. Responses are published together after the consultation has "
        "closed; people can change theirs until then. What has no name always waits for the close."
    )


class HeldBack(NotPublishable):
    """A response without a name would stand with fewer than four others."""

    message = _(
        "Nothing was published. Fewer than five responses without a name would be public. Such a "
        "response is published alone only if its writer allowed it."
    )


class NotACut(Refused):
    """
    A text handed in that is not the submitter's with passages left out.

    `at` is where it goes wrong in what was typed, from which character to before which.
    """

    message = _("A redaction only leaves out passages. You cannot change or add a word.")
    field = "text"

    def __init__(self, message: object = None, *, at: tuple[int, int] | None = None) -> None:
        super().__init__(message)
        self.at = at


class ShownInTranslation(Refused):
    """The writer has only a translation published: readers see none of their own words."""

    message = _(
        "Only a translation of this answer is published. Leave the passage out of the translation."
    )


class NotTranslated(Refused):
    """The writer's own words are published, or the answer has none."""

    message = _(
        "This answer is not published in translation. Its writer may have chosen again, or changed "
        "it."
    )


class OwnLanguage(Refused):
    """A translation is into a language that is not the writer's own, and one that we know."""

    message = _(
        "Choose another language than that of the answer. Otherwise readers would have its "
        "writer's own language."
    )


class NotATranslation(Refused):
    """Nothing is there, or the writer's own words are."""

    message = _("Write the translation.")
    original = _("These are the writer's own words. Write the translation in their place.")


class TranslatedMeanwhile(Refused):
    """Somebody else saved a translation of the answer since the form was opened."""

    message = _(
        "Somebody saved another translation of this answer after you opened the page. It is shown "
        "below. What you typed is still in the field. Save again to replace their translation with "
        "yours."
    )


class UnfinishedInPublic(Refused):
    """An unfinished translation that would take what is published off the page."""

    message = _("The response is published. Only a finished translation can replace this one.")
    field = "text"
