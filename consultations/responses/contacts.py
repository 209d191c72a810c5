"""Where a submitter wants to hear of their response, and in which language: sealed together."""

from portal.notifications.sealing import CannotUnsealError, seal, unseal


def pack(address: str, language: str) -> bytes:
    """What is kept of an e-mail address and the language of the pages it was typed into."""
    return seal(f"{language} {address}")


def unpack(sealed: bytes | memoryview) -> tuple[str, str]:
    """`(address, language)` of what `pack` made; raises CannotUnsealError."""
    language, _, address = unseal(sealed).partition(" ")
    return address, language


def readable(sealed: bytes | memoryview) -> tuple[str, str] | None:
    """
    As `unpack`; None where it was sealed under a key that is gone.

    Then nobody can be told any more, and nothing else may fail for it: an answer can be withdrawn.
    """
    try:
        return unpack(sealed)
    except CannotUnsealError:
        return None
