import base64

import pytest

from portal.notifications.sealing import CannotUnsealError, reseal, seal, unseal


@pytest.mark.parametrize(
    "text", ["", "lena@people.example", "лена@люди.example", "\x80\0\x80", "a" * 500]
)
def test_what_is_sealed_can_be_read_again(text):
    assert unseal(seal(text)) == text


def test_a_database_field_gives_a_view_of_memory():
    assert unseal(memoryview(seal("lena@people.example"))) == "lena@people.example"


def test_a_sealed_text_tells_nothing():
    """Not the text, not whether two are the same, not its length, not the second it was made."""
    first, second = seal("lena@people.example"), seal("lena@people.example")
    assert b"lena" not in base64.urlsafe_b64decode(first)
    assert first != second
    assert len(first) == len(seal("jo@a.example"))
    assert base64.urlsafe_b64decode(first)[1:9] == bytes(8), "a Fernet token's time"


def test_an_altered_text_is_refused():
    sealed = bytearray(seal("lena@people.example"))
    sealed[40] ^= 1
    with pytest.raises(CannotUnsealError):
        unseal(bytes(sealed))


def test_another_portals_text_is_refused(settings):
    sealed = seal("lena@people.example")
    settings.SECRET_KEY = "another portal's"
    with pytest.raises(CannotUnsealError) as caught:
        unseal(sealed)
    assert "lena" not in repr(caught.value)


def test_keys_are_changed_without_losing_what_is_sealed(settings):
    before_any = seal("before any key was given")
    settings.SEALING_KEYS = ["the first key of all"]
    under_first = seal("under the first")
    settings.SEALING_KEYS = ["the second key", "the first key of all"]
    assert unseal(before_any) == "before any key was given"
    assert unseal(under_first) == "under the first"
    renewed = reseal(under_first)
    settings.SEALING_KEYS = ["the second key"]
    assert unseal(renewed) == "under the first"
    with pytest.raises(CannotUnsealError):
        unseal(under_first)


def test_the_site_key_can_be_changed(settings):
    sealed = seal("lena@people.example")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new one"
    assert unseal(sealed) == "lena@people.example"
