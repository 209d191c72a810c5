"""What a browser would send from the page editor."""

import json
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def filled_in(client: Client, address: str) -> dict[str, Any]:
    """The fields of the page editor as they stand, with the counts that its scripts would add."""
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    form = soup.select_one("form[data-edit-form]")
    data: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            value = chosen["value"] if chosen else ""
        else:
            value = field.text.strip("\n") if field.name == "textarea" else field.get("value", "")
            if field.get("type") == "checkbox":
                value = value or "on"
        data[field["name"]] = value
    for stream in form.select("[data-block]"):
        data |= blocks_of(stream["id"], json.loads(stream["data-w-block-arguments-value"])[0])
    return data


def blocks_of(name: str, blocks: list[dict[str, Any]]) -> dict[str, str]:
    """The fields of a stream of texts, structures and lists; of tables only that there are none."""
    known = [each for each in blocks if not isinstance(each["value"], dict) or _is_known(each)]
    data = {f"{name}-count": str(len(known))}
    for place, block in enumerate(known):
        of_one = {"deleted": "", "order": place, "type": block["type"], "id": block["id"] or ""}
        data |= {f"{name}-{place}-{key}": str(value) for key, value in of_one.items()}
        data |= dict(_fields(f"{name}-{place}-value", block["value"]))
    return data


def _is_known(block: dict[str, Any]) -> bool:
    return {"columns", "image", "document", "page"}.isdisjoint(block["value"])


def _fields(prefix: str, value: Any) -> Iterator[tuple[str, str]]:
    """The fields of a value: a list numbers its entries, a structure names its parts."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _fields(f"{prefix}-{name}", part)
    elif isinstance(value, list) and all(isinstance(each, str) for each in value):
        yield prefix, value[0] if value else ""  # a choice; and a list without entries:
        yield f"{prefix}-count", "0"
    elif isinstance(value, list):
        yield f"{prefix}-count", str(len(value))
        for place, entry in enumerate(value):
            of_one = {"deleted": "", "order": place, "id": entry["id"] or ""}
            yield from ((f"{prefix}-{place}-{key}", str(each)) for key, each in of_one.items())
            yield from _fields(f"{prefix}-{place}-value", entry["value"])
    else:
        yield prefix, "" if value is None else str(value)


def send(client: Client, page: Page, action: str, **fields: Any):
    """Press a button of the page editor: "action-publish", "action-submit", … ("" saves)."""
    data = filled_in(client, edit_address(page)) | fields
    return client.post(edit_address(page), data | ({action: "1"} if action else {}))
