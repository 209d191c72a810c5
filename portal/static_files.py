"""
Scripts and styles with their hash in the page, so that a browser takes no others (W3C SRI).

`collectstatic` writes the hashes beside the manifest of names. Where there is no manifest, as in
the demonstration, a file is hashed when it is first named, and anew when it was changed.
"""

import json
import os
from base64 import b64encode
from functools import lru_cache
from hashlib import sha384
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

MANIFEST = "integrity.json"
HASHED = (".css", ".js")


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which also writes down what each script and style hashes to."""

    def save_manifest(self) -> None:
        super().save_manifest()
        hashes = {
            name: _digest(Path(self.path(stored)).read_bytes())
            for name, stored in sorted(self.hashed_files.items())
            if name.endswith(HASHED)
        }
        if self.manifest_storage.exists(MANIFEST):
            self.manifest_storage.delete(MANIFEST)
        self.manifest_storage._save(MANIFEST, ContentFile(json.dumps(hashes, indent=1).encode()))

    def integrity(self, name: str) -> str:
        """Return what a page says of a file, "" of one that `collectstatic` has not seen."""
        if not hasattr(self, "_integrity"):
            found = self.manifest_storage.exists(MANIFEST)
            text = self.manifest_storage.open(MANIFEST).read() if found else b"{}"
            self._integrity: dict[str, str] = json.loads(text)
        return self._integrity.get(name, "")


def integrity(name: str) -> str:
    """Return the `integrity` of a script or style of ours, as `static` returns its address."""
    if hasattr(staticfiles_storage, "integrity"):
        return staticfiles_storage.integrity(name)
    path = _found(name)
    if path is None:
        return ""
    status = os.stat(path)
    return _digest_of(path, status.st_mtime_ns, status.st_size)


@lru_cache
def _found(name: str) -> str | None:
    return finders.find(name)


@lru_cache
def _digest_of(path: str, changed: int, size: int) -> str:
    return _digest(Path(path).read_bytes())


def _digest(content: bytes) -> str:
    return f"sha384-{b64encode(sha384(content).digest()).decode()}"
