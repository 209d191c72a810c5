"""What a password must not be made of: words that whoever guesses here tries first."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.stakeholders.models import User

# The portal's, its purpose's and its roles' (ASVS 6.1.2). Longer ones before those they begin with.
OWN_WORDS = (
    *("code in practice", "code of conduct", "export controls", "human rights"),
    *("export control", "surveillance", "consultations", "consultation", "initiative"),
    *("secretariat", "government", "administrator", "moderator", "delegate", "analyst"),
    *("submission", "response", "practice", "editor", "portal", "export", "rights", "admin"),
    *("password", "conduct", "code"),
)
LEFT = 8


class OwnWordsValidator:
    """Refuses a password of which fewer than eight letters are left without words of our own."""

    def validate(self, password: str, user: User | None = None) -> None:
        left = _letters(password)
        for word in OWN_WORDS:
            left = left.replace(_letters(word), "")
        if len(left) < LEFT and len(left) < len(_letters(password)):
            raise ValidationError(
                _("This is made of words that people who guess here try first."),
                code="password_of_own_words",
            )

    def get_help_text(self) -> str:
        return _("It must not be made of the portal's own words, such as “export controls”.")


def _letters(text: str) -> str:
    """Letters alone, in lower case: neither spaces nor digits make a word another."""
    return re.sub(r"[\W\d_]", "", text.lower())
