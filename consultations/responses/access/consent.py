"""The texts about consent and risk on the way of an answer, for native readers to check."""

from django.utils.translation import gettext_lazy as _

from portal.proofreading.registry import Text, register

# Where people learn what becomes of an answer, choose how they are shown, agree, and are told how
# to come back, to undo it or to cut the tie.
STEPS = (
    *("start", "identity", "who", "late_tells", "code", "confidentiality", "check", "sent"),
    *("receipt", "proof", "translation", "alone", "withdraw", "untie", "sign", "news"),
)
RULES = (
    "consultations/calls/privacy.py",
    "consultations/responses/expiry.py",
    "consultations/responses/forms/identity.py",
    "consultations/responses/forms/steps.py",
    "consultations/responses/models/choices.py",
)


def register_texts() -> None:
    """Register them as one: whoever begins to answer consents along the whole way."""
    steps = (f"templates/consultations/responses/{name}.html" for name in STEPS)
    register(Text("answering", _("The steps of responding"), (*RULES, *steps)))
