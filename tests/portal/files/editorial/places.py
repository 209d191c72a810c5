"""
Office packages as Microsoft's programs build them, with a name in every place that holds one.

The folders beside this module are such packages, unpacked. Each `@` in them becomes a name of its
own ("Canary-7") and each `%` a moment. The places are those of the standard (ECMA-376) and of the
extensions to it that Microsoft publishes.
"""

import io
import itertools
import re
import zipfile
from pathlib import Path

FOLDER = Path(__file__).parent / "places"
MOMENT = "2031-07-08T09:10:11Z"


def package(kind: str) -> bytes:
    """The package of that kind: "docx", "xlsx" or "pptx"."""
    numbers = itertools.count(1)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted((FOLDER / kind).rglob("*")):
            if path.is_file():
                text = re.sub("@", lambda _: f"Canary-{next(numbers)}", path.read_text())
                name = path.relative_to(FOLDER / kind).as_posix()
                archive.writestr(name, text.replace("%", MOMENT))
    return out.getvalue()
