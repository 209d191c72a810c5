"""From an engine's highlights to safe HTML."""

import re

from markupsafe import Markup, escape

# Engines put these around what they found. `cards.clean` lets no control character into a card,
# so they can come from nowhere else.
START, STOP = "\x02", "\x03"
_MARKED = re.compile(f"{START}(.*?){STOP}", re.DOTALL)


def marked(text: str) -> Markup:
    """The text as HTML: everything escaped, what stood between sentinels in `<mark>`."""
    # Nothing but our own tags is added after escaping.
    html = _MARKED.sub(r"<mark>\1</mark>", str(escape(text)))
    return Markup(html.replace(START, "").replace(STOP, ""))  # noqa: S704
