"""What a form on paper or offline asks about who answers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.questionnaires.paper import Lettered, letter
from portal.taxonomy.languages import OWN_NAMES
from portal.taxonomy.vocabularies import SUBMITTER_TYPE

OTHER = "other"
NEWER = ("think-tank", "consultancy", "law-firm")


@dataclass(frozen=True)
class DetailQuestion:
    """`key` is what the answer is kept under; a text where there are no `options`."""

    key: str
    text: str
    options: tuple[Lettered, ...] = ()


def detail_questions(*, anonymous: bool, has_all_letters: bool = False) -> list[DetailQuestion]:
    """
    Return them in the active language; `anonymous` allows responses without a name.

    `has_all_letters` is for text, which its reader's machine shows; a PDF has our letters alone.
    """
    identities = [
        ("named", _("With my name")),
        ("organisation", _("With my organisation's name only")),
    ]
    if anonymous:
        identities.append(("anonymous", _("Without any name")))
    asked = [
        DetailQuestion("identity", _("How may the public see who responds?"), _options(identities)),
        DetailQuestion("name", _("Your name (not if you respond without a name)")),
        DetailQuestion(
            "organisation_name", _("Your organisation (not if you respond without a name)")
        ),
        DetailQuestion("submitter_type", _("You speak as"), _speaking_as()),
        DetailQuestion("state", _("Your state, as a code of two letters (you may leave it out)")),
        DetailQuestion("language", _("The language of your answers"), _languages(has_all_letters)),
    ]
    if anonymous:
        asked.append(
            DetailQuestion(
                "translation_only",
                _(
                    "Only if you respond without a name: publish your words only in translation? "
                    "Your way of writing and your language can show who you are. Moderators of "
                    "the portal make the translation, and it is called unofficial. Files are then "
                    "not published."
                ),
                _options([("yes", _("Yes, only in translation"))]),
            )
        )
    return asked


def _speaking_as() -> tuple[Lettered, ...]:
    """Return the kinds with the letters that forms in people's hands have: newer ones come last."""
    return _options(sorted(SUBMITTER_TYPE.choices, key=lambda choice: choice[0] in NEWER))


def _languages(has_all_letters: bool) -> tuple[Lettered, ...]:
    """Return the languages with letters of their own, and a line for any other."""
    # Few machines that make a PDF have the letters of its own name.
    chinese = f"{OWN_NAMES['zh']} ({_('Chinese')})" if has_all_letters else _("Chinese")
    offered = _options({**OWN_NAMES, "zh": chinese}.items())
    another = Lettered(letter(len(offered)), OTHER, _("Another language"), is_other=True)
    return (*offered, another)


def _options(choices: Iterable[tuple[str, object]]) -> tuple[Lettered, ...]:
    return tuple(
        Lettered(letter(place), key, str(label)) for place, (key, label) in enumerate(choices)
    )
