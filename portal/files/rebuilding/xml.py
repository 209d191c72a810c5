"""Reading a stranger's XML as it passes by: no tree of the whole, no entities, no network."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from xml.parsers import expat

from lxml import etree

from portal.files.rebuilding.result import Refused


def steps(xml: bytes, *names: str) -> Iterator[tuple[bool, Any]]:
    """
    Elements of these local names, whatever their namespace: once when they begin, once whole.

    The first of each pair is whether the element is whole; it is emptied after that. Raises
    Refused.
    """
    if not xml:
        return
    try:
        for event, element in etree.iterparse(
            BytesIO(xml),
            events=("start", "end"),
            tag=[f"{{*}}{name}" for name in names],
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
        ):
            yield event == "end", element
            if event == "end":
                element.clear()
    except etree.XMLSyntaxError:
        raise Refused("damaged") from None


def meet(xml: bytes, met: Callable[[str, dict[str, str]], None]) -> None:
    """
    Call `met` with the local name and the attributes of each element where it begins.

    Nothing is kept of it, however many elements stand in one. Raises Refused.
    """

    def declared(*_: Any) -> None:
        raise Refused("xml-declarations")

    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = lambda name, about: met(local(name), about)
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise Refused("damaged") from None


def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]


def attributes(element: Any) -> dict[str, str]:
    """Return an element's attributes by their local names."""
    return {local(name): value for name, value in element.items()}


def whole(text: str | None, missing: int = 1) -> int:
    """Return the whole number in an attribute; `missing` where there is none."""
    return int(text) if text is not None and text.isascii() and text.isdigit() else missing
