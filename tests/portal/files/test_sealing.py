"""What waits on the disk can be read by nobody but whoever has its key, and once."""

import os
import stat

import pytest

from portal.files.sealing import SealBroken, destroy, open_once, seal

DATA = b"CANARY, a name and a street" * 1000


def test_what_was_sealed_is_read_once_and_is_gone(tmp_path):
    sealed = seal(DATA, tmp_path / "a")
    assert open_once(sealed) == DATA
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(SealBroken):
        open_once(sealed)


def test_the_disk_holds_nothing_that_was_sent_and_no_key(tmp_path):
    sealed = seal(DATA, tmp_path / "a")
    kept = sealed.path.read_bytes()
    assert b"CANARY" not in kept
    assert sealed.key not in kept
    assert sealed.key.hex() not in repr(sealed)
    assert repr(sealed.key) not in repr(sealed)


def test_the_same_file_is_never_sealed_alike(tmp_path):
    one, other = (seal(DATA, tmp_path / name) for name in "ab")
    assert one.key != other.key
    assert one.path.read_bytes() != other.path.read_bytes()


@pytest.mark.parametrize("change", ["cut", "flip", "swap"])
def test_what_was_changed_on_the_disk_is_not_believed_and_goes(tmp_path, change):
    sealed = seal(DATA, tmp_path / "a")
    kept = bytearray(sealed.path.read_bytes())
    if change == "cut":
        del kept[-1]
    elif change == "flip":
        kept[5] ^= 1
    else:
        kept = bytearray(seal(b"other", tmp_path / "b").path.read_bytes())
    sealed.path.write_bytes(kept)
    with pytest.raises(SealBroken):
        open_once(sealed)
    assert not sealed.path.exists()


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_only_the_portals_own_user_may_read_it(tmp_path):
    sealed = seal(DATA, tmp_path / "a")
    assert stat.S_IMODE(sealed.path.stat().st_mode) == 0o600


def test_a_file_that_nobody_will_read_is_deleted(tmp_path):
    sealed = seal(DATA, tmp_path / "a")
    destroy(sealed)
    destroy(sealed)
    assert list(tmp_path.iterdir()) == []
