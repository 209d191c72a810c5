"""
Confirming an address: a code goes to it, and is typed where the address was.

Before that nothing else is ever sent there. Whether the address is known here is never asked, and
how often it was written to today never told.
"""

import secrets
import unicodedata
from datetime import timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal import text
from portal.languages.lists import in_words
from portal.notifications.actions import keyed, notify, take_back
from portal.notifications.addresses import QUIET
from portal.notifications.models import Confirmation, rounded_up
from portal.notifications.rate_limits import CODES
from portal.notifications.registry import NotificationKind, register_kind
from portal.notifications.sealing import CannotUnsealError, seal, unseal
from portal.web.errors import NotRight

CODE, NEUTRAL_CODE = "address.code", "address.code.neutral"
SIGNING_CODE = "address.code.signing"
# Digits alone: every keyboard has them, none looks like another, and 8 of them in five tries are
# guessed once in twenty million times.
LENGTH = 8
TRIES = 5
HOLDS = timedelta(minutes=30)
# Letters that are taken for digits, by those who read a code or by machines that read for them.
TAKEN_FOR = str.maketrans("OoIiLl", "001111")


class WrongCode(NotRight):
    """The code is another."""

    field = "code"
    message = _(
        "This code is not right. Type the newest one: an earlier code no longer works. After five "
        "wrong codes you need a new one."
    )


class CodeIsOver(NotRight):
    """It was typed too late, after five wrong ones, or none waits at all."""

    message = _(
        "The code no longer works. It works for 30 minutes and for five tries. Your address is not "
        "confirmed, and nothing is sent to it. Ask for a new code below."
    )


class Reachable(NamedTuple):
    """An address, and the language in which its owner wants to read."""

    address: str
    language: str


def ask_for_code(
    *,
    purpose: str,
    address: str,
    language: str,
    is_neutral: bool,
    is_signing: bool = False,
) -> None:
    """
    Send a code to `address`; it replaces an earlier one for the same `purpose`.

    Called inside the caller's transaction, once a turn is taken for whoever asks (`limits.ASKED`).
    `is_neutral` sends a mail that names nothing. `is_signing` one that says that the code
    signs a response. Over the day's limit of the address nothing is
    sent, and nobody learns that.
    """
    code = "".join(secrets.choice("0123456789") for _place in range(LENGTH))
    forget(purpose)
    waiting = Confirmation(
        purpose=keyed(purpose),
        sealed=seal(f"{language} {address}"),
        expires_at=rounded_up(timezone.now() + HOLDS),
    )
    waiting.code_hash = _hash(waiting, code)
    waiting.save(force_insert=True)
    kind = SIGNING_CODE if is_signing else CODE
    notify(
        NEUTRAL_CODE if is_neutral else kind,
        to=address,
        language=language,
        context={"code": f"{code[:4]}-{code[4:]}", "confirmation": str(waiting.pk)},
        once=f"{CODE}.{waiting.pk}",
        about=f"{purpose}.code",
    )


def waiting_for(purpose: str) -> Reachable | None:
    """Return the address that a code was sent to for `purpose`; None where none waits."""
    found = _waiting(purpose)
    try:
        return _opened(found) if found else None
    except CannotUnsealError:
        return None


def confirm(*, purpose: str, code: str) -> Reachable | WrongCode | CodeIsOver:
    """
    Return the address that `code` proves, and forget that it waited; else why it proves none.

    Called inside the caller's transaction. `code` is as `clean_code` returns it; a wrong one uses
    up one of five tries. Why is returned for the caller to raise once the transaction has ended:
    raised inside, it would take the count of tries back.
    """
    found = _waiting(purpose, lock=True)
    if found is None or found.tries >= TRIES:
        return CodeIsOver()
    if constant_time_compare(found.code_hash, _hash(found, code)):
        found.delete()
        return _opened(found)
    found.tries += 1
    found.save(update_fields=["tries"])
    return WrongCode() if found.tries < TRIES else CodeIsOver()


def forget(purpose: str) -> None:
    """Forget an address that waits, and take its code back where it is not sent yet."""
    Confirmation.objects.filter(purpose=keyed(purpose)).delete()
    take_back(f"{purpose}.code")


class CodeField(forms.CharField):
    """Asks for the code; what it gives is as `clean_code` returns it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            attrs={
                **QUIET,
                "inputmode": "numeric",
                "dir": "ltr",
                "class": "govuk-input--width-10 govuk-input--extra-letter-spacing",
            }
        )
        asked = {
            "label": _("Code from the e-mail"),
            "help_text": _("8 digits. Spaces and hyphens do not matter."),
            "error_messages": {"required": _("Enter the code from the e-mail.")},
        }
        super().__init__(**{"max_length": 100, "widget": widget, **asked, **kwargs})

    def clean(self, value: Any) -> str:
        return clean_code(super().clean(value))


def clean_code(typed: str) -> str:
    """
    Return the digits of a typed code, whatever script they are in and however they are grouped.

    Raises ValidationError for what cannot be a code.
    """
    digits, strange = "", []
    for character in text.code(typed).translate(TAKEN_FOR):
        if character.isdigit():
            digits += character
        elif unicodedata.category(character)[0] not in "ZPC":
            strange.append(_("“%s”") % character)
    if strange:
        problem = _("The code has digits only. This is no part of it: %(characters)s.")
        raise ValidationError(problem, params={"characters": in_words(strange[:5])})
    if len(digits) != LENGTH:
        counted = ngettext(
            "The code has 8 digits; you typed %(count)d.",
            "The code has 8 digits; you typed %(count)d.",
            len(digits),
        )
        raise ValidationError(counted, params={"count": len(digits)})
    return digits


def register_kinds() -> None:
    """Make known the mails that hold a code."""
    for key, is_neutral, template in (
        (CODE, False, "notifications/mail/code"),
        (NEUTRAL_CODE, True, "notifications/mail/neutral_code"),
        (SIGNING_CODE, False, "notifications/mail/signing_code"),
    ):
        register_kind(
            NotificationKind(
                key,
                _("A code that confirms an address"),
                template,
                prepare=_prepare,
                limit=CODES,
                is_neutral=is_neutral,
            )
        )


def _prepare(context: Any) -> dict[str, Any] | None:
    """Return nothing where the code has been replaced, used, or is over."""
    held = Confirmation.objects.filter(pk=context["confirmation"], expires_at__gt=timezone.now())
    return {"code": context["code"]} if held.exists() else None


def _waiting(purpose: str, *, lock: bool = False) -> Confirmation | None:
    found = Confirmation.objects.filter(purpose=keyed(purpose), expires_at__gt=timezone.now())
    return (found.select_for_update() if lock else found).first()


def _opened(found: Confirmation) -> Reachable:
    language, _space, address = unseal(found.sealed).partition(" ")
    return Reachable(address, language)


def _hash(of: Confirmation, code: str) -> str:
    """Keyed: of eight digits a plain hash would be found by trying."""
    return salted_hmac(
        "portal.notifications.code", f"{of.pk}{code}", algorithm="sha256"
    ).hexdigest()
