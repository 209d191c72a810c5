"""What a verification found, said in one sentence to somebody who wants to know no more."""

from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _

from portal.record.holders import Holding
from portal.record.verification.verdicts import Verdict


@dataclass(frozen=True)
class Sentence:
    """The answer, what to do about it, and its tone as `components/notice.html` has it."""

    answer: str
    advice: str
    tone: str


def sentence(verdict: Verdict, holding: Holding | None, *, of_answers: bool) -> Sentence:
    """
    Return the answer to whoever showed something.

    `holding` is what a room keeps of it: where it has no subject, no day is told either.
    `of_answers`: what was shown is the words themselves.
    """
    # Translators: stands for %(subject)s, in the place of "Your response ABCD of 3 May 2027".
    subject = (holding and holding.subject) or _("What you showed")
    is_told = verdict.by is not None and holding is not None and holding.subject != ""
    if verdict.wrong:
        return Sentence(
            _("This does not match the record."),
            _(
                "If you copied it, copy it again, whole, or choose the file itself. If the file is "
                "as it was given to you, keep it and tell us. Then something is wrong with the "
                "record."
            ),
            "error",
        )
    if verdict.broken:
        return Sentence(
            _("The portal broke its promise: this is not in the record."),
            _(
                "It should be there by now. Keep what you have, and a copy of today's record: with "
                "a receipt they prove it to anybody. Then tell us, or somebody whom you trust."
            ),
            "error",
        )
    if holding and not holding.fits:
        return _does_not_fit(of_answers)
    if verdict.awaited:
        return Sentence(
            # Translators: subject is a response, a file, a comment: let no word agree with it.
            _("%(subject)s is not shown in the record yet.") % {"subject": subject},
            _(
                "Nothing is wrong with that. The record shows entries when their day has ended, "
                "and this one by the end of %(day)s (in UTC). Come back then, and keep what you "
                "have."
            )
            % {"day": _day(verdict)}
            if is_told
            else _(
                "Nothing is wrong with that. The record shows entries when their day has ended, "
                "and this one within two days. Come back then, and keep what you have."
            ),
            "info",
        )
    if verdict.erased:
        return Sentence(
            # Translators: subject is a response, a file, a comment: let no word agree with it.
            _("%(subject)s was entered, and what it said has been erased since.")
            % {"subject": subject},
            _("Its hash stays in the record. Nobody can tell from it what was written."),
            "info",
        )
    return Sentence(
        # Translators: subject is a response, a file, a comment: let no word agree with it.
        _("%(subject)s is in the record, complete and unchanged.") % {"subject": subject},
        "",
        "success",
    )


def _does_not_fit(of_answers: bool) -> Sentence:
    if of_answers:
        return Sentence(
            _("These are not the words that were entered."),
            _(
                "The random number in this file belongs to a response that says something else. If "
                "the file was changed, use it as you downloaded it. If it is as you downloaded it, "
                "keep it and tell us."
            ),
            "error",
        )
    return Sentence(
        _("What the portal keeps of this is not what was entered."),
        _("Something is wrong here, but not with what you showed. Keep it, and tell us."),
        "error",
    )


def _day(verdict: Verdict) -> str:
    return formats.date_format(verdict.by) if verdict.by else ""
