"""
What people and bodies may be called: one rule, wherever a name is typed that others will read.

A name is what it shows: nothing in it is unseen, or turns round what follows. It has a letter. And
it claims to be neither the portal nor an official body that staff have not verified, in whatever
letters it is written (`lookalikes.py`); which words claim that, staff edit.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.stakeholders.lookalikes import said_in
from portal.stakeholders.models import Organisation, ReservedName
from portal.stakeholders.permissions import user_can_enter_admin, user_is_of_official_body
from portal.text import BLANK, JOINER, NON_JOINER, SHAPES, clean_line, is_empty

# What a text may have (`portal.text`) and a name may not, for it is not seen by itself: choosers of
# a shape, and the empty pattern of Braille.
EMPTY = re.compile(f"[{BLANK}{SHAPES}]")
VIRAMA = 9
# What could pass for the portal's own mark of what it has verified.
CHECK_MARKS = re.compile("[\u2611\u2705\u2713\u2714\u237b\U0001f5f8\U0001f5f9\U0001f6e1]")


def clean_name(typed: str) -> str:
    """
    Return a name on one line, without what cannot be seen; "" where nothing is left.

    Composed (NFC), one space between words. Of the joiners those stay that a script is written
    with (`_is_written`). Cleaning twice changes nothing.
    """
    kept = "".join(
        each
        for each in EMPTY.sub("", clean_line(typed))
        if each in (NON_JOINER, JOINER) or unicodedata.category(each) != "Cf"
    )
    while (fewer := _without_idle_joiners(kept)) != kept:
        kept = fewer
    return unicodedata.normalize("NFC", " ".join(kept.split()))


Reserved = Mapping[str, str]


def reserved_from(by: Any = None) -> Reserved:
    """
    Return the words that a name may not have, each with whom it is kept for; three queries.

    `by` is the account of whoever gives a name to themself or to whom they speak for, if they have
    one. Staff may be called what they are, and those of an official body that was verified what it
    is.
    """
    if by is not None and user_can_enter_admin(by):
        return {}
    kinds = ReservedName.Kind
    listed = ReservedName.objects.all()
    if by is not None and user_is_of_official_body(by):
        listed = listed.exclude(kind=kinds.OFFICIAL)
    own: Any = getattr(by, "organisation_id", None)
    bodies = Organisation.objects.official().exclude(pk=own).values_list("name", flat=True)
    return {
        settings.SITE_NAME: kinds.PORTAL,
        **dict.fromkeys(bodies, kinds.OFFICIAL),
        **dict(listed.values_list("words", "kind")),
    }


def checked_name(typed: str, reserved: Reserved) -> str:
    """
    Return a cleaned name that may be shown beside others'; "" where nothing was typed.

    `reserved` is what it may not say (`reserved_from`). Raises ValidationError, with a sentence
    that says what is wrong.
    """
    if is_empty(typed):
        return ""
    name = clean_name(typed)
    if not any(unicodedata.category(each).startswith("L") for each in name):
        raise ValidationError(_("A name has at least one letter."), code="no-letter")
    if CHECK_MARKS.search(name):
        raise ValidationError(
            _("Leave the check mark out: it looks like the portal's own mark."), code="mark"
        )
    words = said_in(name, reserved)
    if words is None:
        return name
    if reserved[words] == ReservedName.Kind.PORTAL:
        text = _("“%(words)s” is kept for the portal and its staff. Choose another name.")
    else:
        text = _(
            "“%(words)s” is kept for official bodies that the portal has verified. If you speak "
            "for one, ask our staff to verify it (see “Contact”); until then, leave it out."
        )
    raise ValidationError(text % {"words": words}, code="reserved")


def _without_idle_joiners(text: str) -> str:
    return "".join(
        each
        for at, each in enumerate(text)
        if each not in (NON_JOINER, JOINER) or _is_written(each, text[:at], text[at + 1 :])
    )


def _is_written(joiner: str, before: str, after: str) -> bool:
    """
    Say whether a script is written with a joiner at its place, as RFC 5892 (appendix A) has it for
    names in the internet: after a virama, or as a non-joiner between letters of Arabic.
    """
    if not before or not after:
        return False
    if unicodedata.combining(before[-1]) == VIRAMA:
        return True
    return joiner == NON_JOINER and all(
        unicodedata.bidirectional(each) == "AL" for each in (before[-1], after[0])
    )
