"""Pages of a pack: they open from a disk, and load nothing from anywhere."""

import base64
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from lxml import html
from PIL import Image

from knowledge.guide_files.rendering import (
    address_of,
    context_of,
    language_of_interface,
    picture_at,
)
from knowledge.guides.models import GuidePage
from knowledge.packs.schema import MANIFEST, PUBLIC_KEY, SIGNATURE
from portal.taxonomy.languages import direction_of

HERE = Path(__file__).parent
STYLES = HERE / "static" / "packs" / "pack.css"
VERIFIER = HERE / "verify.py"
LICENCE = Path(settings.ROOT) / "LICENSE"
OPENSSL = (
    f"openssl pkeyutl -verify -pubin -inkey {PUBLIC_KEY} -rawin -in {MANIFEST} -sigfile {SIGNATURE}"
)


def page_of(guide: GuidePage) -> bytes:
    """Return a guide as a page of its own, in the guide's language; no day of today is in it."""
    with translation.override(language_of_interface(guide)):
        context = {**context_of(guide), "overdue": False, "up": "../../"}
        shown = render_to_string("knowledge/packs/guide.html", context)
    return _alone(shown, address_of(guide))


def index_of(guides: Sequence[dict[str, Any]]) -> bytes:
    """Return the first page of a pack, in the language of whoever asks: what it holds."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    context = {
        "guides": guides,
        "language_code": language,
        "text_direction": direction_of(language),
        "site_name": settings.SITE_NAME,
        "portal": settings.BASE_URL,
        "openssl": OPENSSL,
        "licence_file": "LICENCE.txt",
    }
    return render_to_string("knowledge/packs/pack.html", context).encode()


def licence() -> bytes:
    """Return under what a pack may be handed on: guides, and the programs in it."""
    context = {"programs": LICENCE.read_text(), "site_name": settings.SITE_NAME}
    return render_to_string("knowledge/packs/licence.txt", context).encode()


def _alone(shown: str, address: str) -> bytes:
    """Return a whole document whose pictures stand in it and whose links lead to the portal."""
    root = html.document_fromstring(shown)
    for link in root.iter("a"):
        href = link.get("href", "")
        if href.startswith("/"):
            link.set("href", urljoin(address, href))
    for picture in list(root.iter("img")):
        if picture.get("src", "").startswith("data:image/"):
            continue  # a drawing, which stands in the page already
        content = picture_at(urljoin(address, picture.get("src", "")))
        if content is None:
            picture.drop_tree()
        else:
            picture.set("src", _as_data(content))
    return html.tostring(root, encoding="utf-8", doctype="<!doctype html>")


def _as_data(picture: bytes) -> str:
    kind = Image.MIME.get(Image.open(io.BytesIO(picture)).format or "", "image/png")
    return f"data:{kind};base64,{base64.b64encode(picture).decode()}"
