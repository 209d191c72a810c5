"""Where files lie: attachments for the portal alone, and not by what happened to come first."""

import stat

import pytest
from django.core.files.base import ContentFile

from portal.files.storage import CLEAN, QUARANTINE, FileSystem


@pytest.mark.parametrize("name", [CLEAN, QUARANTINE])
def test_the_first_attachment_does_not_close_the_folder_of_pictures(settings, tmp_path, name):
    settings.MEDIA_ROOT = tmp_path / "data" / "media"
    other = tmp_path / "as-others-are"
    other.mkdir()
    storage = FileSystem(name)
    stored = storage.save("ab/attachment", ContentFile(b"attached"))
    assert storage.open(stored).read() == b"attached"
    assert mode(settings.MEDIA_ROOT) == mode(other)
    assert mode(settings.MEDIA_ROOT / name) == mode(settings.MEDIA_ROOT / name / "ab") == 0o700
    assert mode(settings.MEDIA_ROOT / name / "ab" / "attachment") == 0o600


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
