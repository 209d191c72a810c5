"""Which code runs: what is written today may be written otherwise after an upgrade."""

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

ROOMS = ("portal", "consultations", "knowledge")
CODE = {".py", ".mo"}
STARTED = time.time()


@cache
def code() -> str:
    """
    Return a digest of the code and its translations, the same on every machine that runs them.

    Where files were put in their place since this process started, it runs what is not there any
    more: then the digest is one of chance.
    """
    digest = hashlib.sha256()
    for path in _files():
        if path.stat().st_ctime > STARTED:
            return secrets.token_hex(32)
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    root = Path(settings.ROOT)
    yield root / "requirements.txt"
    for room in ROOMS:
        for folder, folders, names in os.walk(root / room):
            folders[:] = sorted(set(folders) - {"node_modules", "__pycache__"})
            for name in sorted(names):
                if Path(name).suffix in CODE:
                    yield Path(folder, name)
