"""Rules of this room that Django checks at every start."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from portal.files.processes import folder
from portal.files.sandbox import limits


@register(Tags.security)
def files_can_be_checked(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """
    files.E001: the scanner's address must be one. files.E002: pictures cannot be read.
    files.E003: no file can wait. files.W001: a limit that Django's own settings pass by.
    """
    messages: list[CheckMessage] = []
    url = settings.CLAMD_URL
    if url and not is_address(url):
        messages.append(
            Error(
                "CLAMD_URL is no address of a clamd.",
                hint="Set it to tcp://host:port or unix:/path/to/socket.",
                id="files.E001",
            )
        )
    if missing := missing_decoders():
        messages.append(
            Error(
                f"Pictures of these kinds cannot be read here: {', '.join(missing)}.",
                hint="Install Pillow from a wheel, or with libjpeg and zlib.",
                id="files.E002",
            )
        )
    try:
        writable = os.access(folder(), os.W_OK | os.X_OK)
    except OSError:
        writable = False
    if not writable:
        messages.append(
            Error(
                "WAITING_DIR cannot be written to, so no file can be taken in.",
                hint="Name a folder that only the portal's own user may read, best in memory.",
                id="files.E003",
            )
        )
    handlers = getattr(settings, "FILE_UPLOAD_HANDLERS", [])
    if not any(handler.startswith("portal.files.uploads.") for handler in handlers):
        messages.append(
            Warning(
                "Uploads of any length are written to the disk, under names that end as theirs do.",
                hint="Set FILE_UPLOAD_HANDLERS as portal/files/uploads.py says.",
                id="files.W001",
            )
        )
    limits()  # an unknown name in FILE_LIMITS stops the start
    return messages


def is_address(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return Path(parts.path).is_absolute()
    return parts.scheme == "tcp" and bool(parts.hostname)


def missing_decoders() -> list[str]:
    from PIL import features

    return [name for codec, name in (("jpg", "JPEG"), ("zlib", "PNG")) if not features.check(codec)]
